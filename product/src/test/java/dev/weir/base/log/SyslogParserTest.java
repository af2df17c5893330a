package dev.weir.base.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.log.SyslogMessage.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parser finds in syslog messages, and that no bytes of any kind make it lose text or leave its bounds. */
class SyslogParserTest {

    private static final String[] SEEDS = {"<34>Oct 11 22:14:15 h su[123]: text",
        "<165>1 2003-10-11T22:14:15.003Z h a 7 ID [e a=\"x\\]y\"][f] text", "<191>1 - - - - - - x", "7 <31>one8 <31>four",
        "<31>one\n<31>two\n"};

    private final SyslogParser parser = new SyslogParser();
    private final SyslogMessage message = new SyslogMessage();

    /** Message; form, priority, fields with a dash for none, text. */
    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '\0', value = {
        "<34>Oct 11 22:14:15 h su[1]: t ! RFC3164 34 Oct 11 22:14:15|h|su|1|-|-|t",
        "<34>Oct  1 22:14:15 h su: t ! RFC3164 34 Oct  1 22:14:15|h|su|-|-|-|t",
        "<34>Oct 11 22:14:15 h su[]: t ! RFC3164 34 Oct 11 22:14:15|h|su|-|-|-|t",
        "<34>Oct 11 22:14:15 h a[b][c]: t ! RFC3164 34 Oct 11 22:14:15|h|a|b][c|-|-|t",
        "<34>Oct 11 22:14:15 h [1]: t ! RFC3164 34 Oct 11 22:14:15|h|[1]|-|-|-|t",
        "<34>Oct 11 22:14:15 h : t ! RFC3164 34 Oct 11 22:14:15|h|-|-|-|-|: t",
        "<34>Oct 11 22:14:15 h a:b: t ! RFC3164 34 Oct 11 22:14:15|h|a:b|-|-|-|t",
        "<34>Oct 11 22:14:15 h a[: t ! RFC3164 34 Oct 11 22:14:15|h|a[|-|-|-|t",
        "<34>Oct 11 22:14:15 h su: ! RFC3164 34 Oct 11 22:14:15|h|-|-|-|-|su:",
        "<34>Oct 11 22:14:15 h ! PLAIN 34 -|-|-|-|-|-|Oct 11 22:14:15 h",
        "<34>Oct a1 22:14:15 h su: t ! PLAIN 34 -|-|-|-|-|-|Oct a1 22:14:15 h su: t",
        "<34>OcT 11 22:14:15 h su: t ! PLAIN 34 -|-|-|-|-|-|OcT 11 22:14:15 h su: t",
        "<5>1 2003-10-11T22:14:15Z h a 7 i [x] t ! RFC5424 5 2003-10-11T22:14:15Z|h|a|7|i|[x]|t",
        "<5>1 2003-10-11T22:14:15.1+01:00 h a 7 i - t ! RFC5424 5 2003-10-11T22:14:15.1+01:00|h|a|7|i|-|t",
        "<5>1 - - - - - - t ! RFC5424 5 -|-|-|-|-|-|t",
        "<5>1 - h a 7 i [a b=\"\\]\"][c] t ! RFC5424 5 -|h|a|7|i|[a b=\"\\]\"][c]|t",
        "<5>1 - h a 7 i [a b=\"]\"] t ! PLAIN 5 -|-|-|-|-|-|1 - h a 7 i [a b=\"]\"] t",
        "<5>1 - h a 7 i [a\\ ! PLAIN 5 -|-|-|-|-|-|1 - h a 7 i [a\\",
        "<5>1 2003-10-11T22:14:15 h a 7 i - t ! PLAIN 5 -|-|-|-|-|-|1 2003-10-11T22:14:15 h a 7 i - t",
        "<5>1 - h a 7 i - ! PLAIN 5 -|-|-|-|-|-|1 - h a 7 i -",
        "<5>1 -  a 7 i - t ! PLAIN 5 -|-|-|-|-|-|1 -  a 7 i - t",
        "<1000>x ! PLAIN -1 -|-|-|-|-|-|<1000>x", "<34 ! PLAIN -1 -|-|-|-|-|-|<34", "< ! PLAIN -1 -|-|-|-|-|-|<",
        "<>x ! PLAIN 0 -|-|-|-|-|-|x",
    })
    void findsTheFields(String text, String expected) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        parser.parse(bytes, 0, bytes.length, message);
        LogLine found = new LogLine();
        found.put(message.form() + " " + message.priority + " ");
        for (Field field : Field.values()) {
            if (message.has(field)) {
                message.put(field, found);
            } else {
                found.put('-');
            }
            found.put('|');
        }
        message.putText(found);
        assertEquals(expected, text(found));
    }

    /** Stream in pieces; the messages, and X when it is broken. */
    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '\0', value = {
        "<1>a~<2>b~ ! <1>a,<2>b", "4 <1>a4 <2>b ! <1>a,<2>b", "4 <1>a<2>b~ ! <1>a,<2>b", "<1>a ! NONE", "0 ! X", "x ! X",
        "<1>a~~ ! <1>a,X", "9999999999 ! X", "5x ! X", "30 <1> ! X", "<1>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa~ ! X",
    })
    void cutsAStream(String stream, String expected) {
        for (int piece = 1; piece <= stream.length(); piece++) {
            assertEquals(expected.equals("NONE") ? "" : expected,
                    cut(stream.replace('~', '\n').getBytes(StandardCharsets.ISO_8859_1), piece));
        }
    }

    private static String cut(byte[] stream, int piece) {
        SyslogStream messages = new SyslogStream(24, false);
        List<String> found = new ArrayList<>();
        for (int at = 0; at < stream.length && !messages.isBroken();) {
            int count = Math.min(Math.min(piece, messages.room()), stream.length - at);
            assertTrue(count > 0);
            System.arraycopy(stream, at, messages.buffer(), messages.filled(), count);
            messages.added(count);
            at += count;
            while (messages.next()) {
                found.add(new String(messages.buffer(), messages.from(), messages.to() - messages.from(),
                        StandardCharsets.ISO_8859_1));
            }
        }
        if (messages.isBroken()) {
            found.add("X");
        }
        return String.join(",", found);
    }

    /** Messages broken in a few places: the text is always the end of what came in. */
    @Test
    void survivesBrokenMessages() {
        fuzz(42, 50_000);
    }

    /** Any bytes in any pieces: nothing outside the message is found, and pieces make no difference. */
    static void fuzz(long seed, int rounds) {
        SyslogParser parser = new SyslogParser();
        SyslogMessage message = new SyslogMessage();
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            byte[] bytes = SEEDS[round % SEEDS.length].getBytes(StandardCharsets.ISO_8859_1);
            for (int i = random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) "<>[]\\ :-1Z\n\0\u00ff".charAt(random.nextInt(13));
            }
            int length = random.nextInt(bytes.length + 1);
            parser.parse(bytes, 0, length, message);
            assertTrue(message.textFrom >= 0 && message.textFrom <= message.textTo && message.textTo <= length);
            LogLine all = new LogLine();
            for (Field field : Field.values()) {
                message.put(field, all);
            }
            assertTrue(all.length() <= length);
            assertEquals(cut(bytes, bytes.length), cut(bytes, 1 + random.nextInt(8)));
        }
    }

    private static String text(LogLine line) {
        return new String(line.array(), 0, line.length(), StandardCharsets.ISO_8859_1);
    }
}
