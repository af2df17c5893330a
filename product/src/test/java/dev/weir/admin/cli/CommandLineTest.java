package dev.weir.admin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    /** Commands are shown between bars, words between commas. */
    @ParameterizedTest
    @CsvSource(delimiter = '=', ignoreLeadingAndTrailingWhitespace = false, value = {
        " =[]",
        "show stat=[show,stat]",
        "  show \t stat  =[show,stat]",
        "a;b=[a][b]",
        "a;=[a][]",
        ";a=[][a]",
        "a\\;b c\\ d=[a;b,c d]",
        "a\\\\;b=[a\\][b]",
        "a\\=[a\\]",
        "add map m <<=[add,map,m]<",
        "add map m <<%EOF%=[add,map,m]<%EOF%",
        "add map m<<=[add,map,m<<]",
        "add map m << x=[add,map,m,<<,x]",
        "a;b <<x=[a][b]<x",
        "<<=[]<",
    })
    void isCutIntoCommandsAndWords(String line, String expected) {
        CommandLine parsed = CommandLine.of(line);
        StringBuilder found = new StringBuilder();
        for (List<String> words : parsed.commands()) {
            found.append('[').append(String.join(",", words)).append(']');
        }
        found.append(parsed.tag() == null ? "" : "<" + parsed.tag());
        assertEquals(expected, found.toString());
    }

    @Test
    void aTagOfMoreThan64CharactersIsNone() {
        assertEquals("x".repeat(64), CommandLine.of("a <<" + "x".repeat(64)).tag());
        assertEquals(null, CommandLine.of("a <<" + "x".repeat(65)).tag());
    }

    @Test
    void linesComeWholeHoweverTheyArrive() {
        byte[] all = "one\r\ntwo\n\nthr\0ee\nfour".getBytes(StandardCharsets.US_ASCII);
        for (int size = 1; size <= all.length; size++) {
            InputLines input = new InputLines(100);
            List<String> lines = new ArrayList<>();
            for (int at = 0; at < all.length; at += size) {
                ByteBuf part = Unpooled.wrappedBuffer(all, at, Math.min(size, all.length - at));
                input.add(part);
                for (String line = input.next(); line != null; line = input.next()) {
                    lines.add(line);
                }
            }
            assertEquals(List.of("one", "two", "", "thr"), lines, "pieces of " + size);
        }
    }

    @Test
    void isFullAtItsLimit() {
        InputLines input = new InputLines(10);
        input.add(Unpooled.wrappedBuffer(new byte[9]));
        assertTrue(!input.isFull());
        input.add(Unpooled.wrappedBuffer(new byte[1]));
        assertTrue(input.isFull());
        input.discard();
        assertTrue(!input.isFull());
    }

    @ParameterizedTest
    @CsvSource({"show sta, show stat, show sess", "set weigth, set weight, set server", "tabel, show table, show stat"})
    void theLikerTextIsNearer(String typed, String near, String far) {
        Likeness likeness = new Likeness(typed);
        assertTrue(likeness.distance(near) < likeness.distance(far));
        assertEquals(0, new Likeness(near).distance(near));
    }

    @Test
    void anyTextIsCutWithoutLoss() {
        fuzz(3, 5000);
    }

    /** Bytes in pieces give lines, lines give words, and no letter is invented. */
    static void fuzz(long seed, int rounds) {
        Random random = new Random(seed);
        String letters = "ab ;\\<@!\t\"'\r\n\0\u00ff";
        for (int i = 0; i < rounds; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            byte[] all = text.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
            InputLines input = new InputLines(100);
            for (int at = 0; at < all.length;) {
                int size = Math.min(all.length - at, 1 + random.nextInt(9));
                input.add(Unpooled.wrappedBuffer(all, at, size));
                at += size;
                for (String line = input.next(); line != null; line = input.next()) {
                    int found = 0;
                    for (List<String> words : CommandLine.of(line).commands()) {
                        for (String word : words) {
                            found += word.length();
                        }
                    }
                    assertTrue(found <= line.length(), line);
                }
            }
        }
    }
}
