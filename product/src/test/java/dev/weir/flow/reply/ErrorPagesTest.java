package dev.weir.flow.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorPagesTest {

    /** The lengths are those of facts.md. */
    @ParameterizedTest
    @CsvSource({"200, 58", "400, 90", "401, 112", "403, 93", "404, 83", "405, 147", "407, 112", "408, 110", "410, 114",
        "413, 106", "414, 110", "421, 104", "422, 116", "425, 80", "429, 117", "431, 105", "500, 97", "501, 135",
        "502, 107", "503, 107", "504, 92"})
    void hasTheLengthOfHaproxys(int status, int length) {
        assertTrue(ErrorPages.has(status));
        assertEquals(length, ErrorPages.body(status).readableBytes());
        String answer = ErrorPages.answer(status).toString(StandardCharsets.US_ASCII);
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "));
        assertTrue(answer.contains("\r\ncontent-length: " + length + "\r\n"));
    }

    @Test
    void isThePageToTheByte() {
        assertEquals("HTTP/1.1 400 Bad request\r\ncontent-length: 90\r\ncache-control: no-cache\r\nconnection: close\r\n"
                + "content-type: text/html\r\n\r\n<html><body><h1>400 Bad request</h1>\nYour browser sent an invalid "
                + "request.\n</body></html>\n", ErrorPages.answer(400).toString(StandardCharsets.US_ASCII));
        assertFalse(ErrorPages.answer(503).toString(StandardCharsets.US_ASCII).contains("connection"));
        assertFalse(ErrorPages.has(418));
        assertFalse(ErrorPages.has(-1));
        assertTrue(ErrorPages.answer(418).toString(StandardCharsets.US_ASCII).startsWith("HTTP/1.1 500 "));
    }

    @Test
    void viewsDoNotDisturbEachOther() {
        ErrorPages.answer(503).skipBytes(20);
        assertEquals('H', ErrorPages.answer(503).readByte());
    }
}
