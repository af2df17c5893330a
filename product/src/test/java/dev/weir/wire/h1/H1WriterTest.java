package dev.weir.wire.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.text.Escaping;
import dev.weir.wire.h1.H1Writer.Word;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderList;
import dev.weir.wire.http.HeaderName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H1WriterTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Head response(int status, Framing framing, long length, String headers) {
        Head head = new Head();
        head.setStatus(status, bytes("Why"), 0, 3);
        head.framing(framing, length);
        for (String header : headers.isEmpty() ? new String[0] : headers.split("~")) {
            String[] part = header.split("=");
            head.add(HeaderName.of(part[0]), bytes(part[1]));
        }
        return head;
    }

    private static String written(H1Writer writer, Head head, Word word) {
        ByteBuf out = Unpooled.buffer(H1Writer.room(head));
        int room = out.capacity();
        writer.head(head, word, out);
        assertTrue(out.readableBytes() <= room, "more was written than foretold");
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return Escaping.row(bytes).replace("\\r\\n", "|");
    }

    /** Whatever rules or servers have said about the body, what is written is what will follow. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "200;LENGTH;5;content-length=5~x=y;content-length: 5|x: y|", "200;LENGTH;5;content-length=6;content-length: 5|",
        "200;LENGTH;5;content-length=5~content-length=5;content-length: 5|", "200;LENGTH;5;'';content-length: 5|",
        "200;LENGTH;0;'';content-length: 0|", "200;LENGTH;5;transfer-encoding=chunked;content-length: 5|",
        "200;LENGTH;5;content-length=x;content-length: 5|", "200;CHUNKED;0;content-length=5;transfer-encoding: chunked|",
        "200;CHUNKED;0;transfer-encoding=Chunked;transfer-encoding: Chunked|",
        "200;CHUNKED;0;transfer-encoding=gzip~x=y;x: y|transfer-encoding: chunked|",
        "200;UNTIL_CLOSE;0;content-length=5~transfer-encoding=chunked~x=y;x: y|",
        "204;NONE;0;content-length=5~transfer-encoding=chunked~x=y;x: y|", "100;NONE;0;content-length=5;''",
        "304;NONE;0;content-length=5;content-length: 5|", "200;NONE;0;content-length=5;content-length: 5|"})
    void framesAsTheHeadSays(int status, Framing framing, long length, String headers, String expected) {
        Head head = response(status, framing, length, headers);
        assertEquals("HTTP/1.1 " + status + " Why|" + expected + "|", written(new H1Writer(null), head, Word.NOTHING));
    }

    @ParameterizedTest
    @CsvSource({"true,11,11,NOTHING", "true,10,11,KEEP_ALIVE", "true,11,10,KEEP_ALIVE", "false,11,11,CLOSE", "false,11,10,CLOSE",
        "false,10,11,NOTHING", "false,9,10,NOTHING", "true,11,20,NOTHING"})
    void saysOnlyWhatIsNotTakenForGranted(boolean keep, int version, int client, Word expected) {
        assertEquals(expected, Word.of(keep, version, client));
    }

    @Test
    void takesWhatRulesSayAboutTheConnection() {
        Head head = response(200, Framing.LENGTH, 0, "connection=foo, Close~x=y~connection=keep-alive~connection=bar");
        H1Writer writer = new H1Writer(null);
        assertTrue(writer.takesClose(head));
        assertEquals("HTTP/1.1 200 Why|connection: foo|x: y|connection: bar|content-length: 0|connection: close||",
                written(writer, head, Word.CLOSE));
    }

    @Test
    void adjustsTheCaseOfNames() {
        Map<String, byte[]> names = Map.of("content-length", bytes("Content-Length"), "connection", bytes("CONNECTION"));
        H1Writer writer = new H1Writer((HeaderList list, int index) -> names.get(
                new String(list.area(), list.nameAt(index), list.nameLength(index), StandardCharsets.ISO_8859_1)));
        Head head = response(200, Framing.LENGTH, 5, "content-length=5~x=y");
        assertEquals("HTTP/1.1 200 Why|Content-Length: 5|x: y|CONNECTION: close||", written(writer, head, Word.CLOSE));
        assertEquals(2, head.headers());
    }

    @Test
    void writesEditedTargets() {
        H1RequestParser parser = new H1RequestParser(1000, 20, false);
        parser.parse(Unpooled.wrappedBuffer(bytes("GET http://a:80/p?q HTTP/1.1\r\nX:  1\r\nY: 2\r\nHost: a\r\n\r\n")));
        Head head = parser.head().message();
        assertEquals("GET http://a/p?q HTTP/1.1|x: 1|y: 2|host: a||", written(new H1Writer(null), head, Word.NOTHING));
        head.setPath(bytes("/other"), 0, 6);
        head.setMethod(bytes("PUT"), 0, 3);
        assertEquals("PUT http://a/other HTTP/1.1|x: 1|y: 2|host: a||", written(new H1Writer(null), head, Word.NOTHING));
        head.setTarget(bytes("/t?u"), 0, 4);
        head.version(10);
        assertEquals("PUT /t?u HTTP/1.0|x: 1|y: 2|host: a||", written(new H1Writer(null), head, Word.NOTHING));
        assertEquals('u', head.area()[head.queryAt()]);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "15,F", "16,10", "255,FF", "256,100", "65536,10000", "2147483647,7FFFFFFF"})
    void writesChunkLines(int size, String hex) {
        ByteBuf out = Unpooled.buffer();
        H1Writer.chunk(size, false, out);
        assertEquals("\r\n" + hex + "\r\n", out.toString(StandardCharsets.US_ASCII));
        assertTrue(out.readableBytes() <= H1Writer.chunkRoom());
    }
}
