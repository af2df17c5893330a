package dev.weir.wire.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of peers, whole, byte by byte and split anywhere; a lesson of HAProxy's read and written again. */
class PeerCodecTest {

    private static final int BUFFER = 16_384;

    /** What HAProxy 2.6 sent when it was asked for everything: three tables, entries with their lives. */
    private static final String LESSON = "0a820806022f74062006000a850e00000004000000000178f08000010a860e00000000027979ff7"
            + "ff4f5a0d1140a821604032f76340404fc9523f0d9dc0c03f0971c10f0e2030a85290000000300367b9f01020304eff29f0dffffff7f00"
            + "f08000f0808000ffffff7ff29f0dfff0fefe7e000a862600367b9fff000001eff29f0df080800000f0808000f0808000f0808000f29f0d"
            + "feded7a52c000a821303032f76360510f4f9be00f0d9dc0c12f0971c0a852d0000000300367ba000000000000000000000000000000001"
            + "fff0fefe7efff0fefe7ef0808000f09f0df08000000a862400367ba020010db8000000000000000000000007f0808000f0808000ff7ff0"
            + "9f0dff7f00";

    @ParameterizedTest
    @CsvSource({"0,00", "239,ef", "240,f000", "4660,f49401", "2287,ff7f", "2288,f08000", "264431,ffff7f",
        "264432,f0808000", "33818863,ffffff7f", "33818864,f080808000", "4294967295,fff0fefe7e",
        "-1,fff0fefefefefefefe0e"})
    void writesNumbersAndReadsThemAgain(long value, String hex) {
        PeerOutput out = new PeerOutput().putNumber(value);
        assertEquals(hex, HexFormat.of().formatHex(out.bytes(), 0, out.length()));
        assertEquals(out.length(), PeerOutput.sizeOf(value));
        PeerInput in = new PeerInput().over(out.bytes(), 0, out.length());
        assertEquals(value, in.number());
        assertEquals(0, in.left());
        assertFalse(in.isShort());
    }

    static Stream<String[]> messages() throws IOException {
        try (InputStream in = PeerCodecTest.class.getResourceAsStream("messages.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#")).map(line -> line.split(" \\| ")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void saysWhatAMessageMeansHoweverItComes(String hex, String meaning) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertEquals(List.of(meaning), read(bytes, 1 << 20), "whole");
        assertEquals(List.of(meaning), read(bytes, 1), "byte by byte");
    }

    @Test
    void readsALessonOfHaproxyAndWritesTheSame() {
        byte[] bytes = HexFormat.of().parseHex(LESSON);
        List<String> whole = read(bytes, 1 << 20);
        assertEquals(9, whole.size(), whole.toString());
        assertEquals(whole, read(bytes, 1));
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            assertEquals(whole, read(bytes, 1 + random.nextInt(40)));
        }
        assertArrayEquals(bytes, rewrite(bytes));
    }

    @Test
    void namesAreSentOnceUntilTheyAreForgotten() {
        TableDefinition table = new TableDefinition(1, "t", TableDefinition.INTEGER, 4, 0,
                List.of(new StoredType(StoredType.SERVER_KEY, 1, 0)));
        SentNames sent = new SentNames();
        LearnedNames learned = new LearnedNames();
        EntryUpdate update = new EntryUpdate();
        Random random = new Random(3);
        int[] sizes = new int[2];
        for (int i = 0; i < 5000; i++) {
            byte[] name = i % 50 == 0 ? null : ("server-" + random.nextInt(i < 2500 ? 128 : 200)).getBytes(StandardCharsets.UTF_8);
            PeerOutput out = new PeerOutput();
            update.begin(i, EntryUpdate.UNTIMED, 1).keyOf(4);
            update.serverKey(name);
            update.write(out, new PeerOutput(), table, sent);
            sizes[out.length() > 13 ? 1 : 0]++;
            PeerFramer framer = new PeerFramer(BUFFER);
            framer.take(Unpooled.wrappedBuffer(out.bytes(), 0, out.length()));
            assertEquals(PeerFramer.Found.MESSAGE, framer.next());
            EntryUpdate got = new EntryUpdate();
            assertTrue(got.read(framer.body(), framer.kind(), 0, table, learned));
            assertEquals(i, got.id());
            assertArrayEquals(name, got.serverKey());
        }
        assertTrue(sizes[0] > 3000 && sizes[1] > 300, Arrays.toString(sizes));
    }

    @ParameterizedTest
    @CsvSource({"HAProxyS 2.1,", "HAProxyS 2.0,", "HAProxyS 2.2,BAD_VERSION", "HAProxyS 3.0,BAD_VERSION",
        "HAProxyS,PROTOCOL_ERROR", "GET / HTTP/1.1,PROTOCOL_ERROR", "HAProxyS 2.1x,BAD_VERSION"})
    void knowsVersions(String line, PeerStatus fault) {
        assertEquals(fault, PeerHello.faultOf(line));
    }

    @Test
    void greetsAndIsRead() {
        PeerOutput out = new PeerOutput();
        new PeerHello(1, "b", "a", 42).write(out);
        assertEquals("HAProxyS 2.1\nb\na 42 1\n", new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8));
        PeerFramer framer = new PeerFramer(BUFFER);
        framer.take(Unpooled.wrappedBuffer(out.bytes(), 0, out.length()));
        assertEquals(1, PeerHello.minorOf(framer.line()));
        assertEquals("b", framer.line());
        assertEquals("a", PeerHello.callerOf(framer.line()));
    }

    @Test
    void bearsNoise() {
        fuzz(1, 2000);
    }

    /** Lessons with bytes changed, cut and doubled: whatever comes, the reading ends and says something. */
    static void fuzz(long seed, int rounds) {
        Random random = new Random(seed);
        byte[] lesson = HexFormat.of().parseHex(LESSON);
        for (int i = 0; i < rounds; i++) {
            byte[] noise = random.nextInt(4) == 0 ? new byte[random.nextInt(200)] : lesson.clone();
            if (noise.length != lesson.length) {
                random.nextBytes(noise);
            }
            for (int change = random.nextInt(8); change > 0 && noise.length > 0; change--) {
                noise[random.nextInt(noise.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
            }
            byte[] cut = Arrays.copyOf(noise, random.nextInt(noise.length + 1));
            assertEquals(read(cut, 1 << 20), read(cut, 1 + random.nextInt(20)), HexFormat.of().formatHex(cut));
        }
    }

    /** What the bytes say, in pieces of that size. */
    private static List<String> read(byte[] bytes, int piece) {
        PeerFramer framer = new PeerFramer(BUFFER);
        List<String> said = new ArrayList<>();
        TableDefinition[] table = new TableDefinition[1];
        LearnedNames names = new LearnedNames();
        for (int at = 0; at < bytes.length; at += piece) {
            framer.take(Unpooled.wrappedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
            PeerFramer.Found found;
            while ((found = framer.next()) == PeerFramer.Found.MESSAGE) {
                said.add(describe(framer, table, names));
            }
            if (found != PeerFramer.Found.NOTHING) {
                said.add(found == PeerFramer.Found.SIZE_LIMIT ? "size limit" : "protocol error");
                return said;
            }
        }
        return said.isEmpty() ? List.of("need more") : said;
    }

    private static String describe(PeerFramer message, TableDefinition[] table, LearnedNames names) {
        PeerInput in = message.body();
        if (message.type() != PeerMessage.UPDATES) {
            return (message.type() == PeerMessage.CONTROL ? "control " : message.type() == PeerMessage.ERROR ? "error "
                    : "class " + message.type() + " ") + message.kind();
        }
        switch (message.kind()) {
            case PeerMessage.DEFINITION -> {
                table[0] = TableDefinition.read(in);
                return table[0] == null ? "bad" : text(table[0]);
            }
            case PeerMessage.SWITCH -> {
                return "switch " + in.number();
            }
            case PeerMessage.ACKNOWLEDGEMENT -> {
                String text = "ack " + in.number() + " " + in.int32();
                return in.isShort() ? "bad" : text;
            }
            case PeerMessage.UPDATE, PeerMessage.INCREMENTAL, PeerMessage.TIMED_UPDATE, PeerMessage.TIMED_INCREMENTAL -> {
                EntryUpdate entry = new EntryUpdate();
                return table[0] == null ? "entry without a table"
                        : entry.read(in, message.kind(), 3, table[0], names) ? "entry " + entry : "bad";
            }
            default -> {
                return "unknown " + message.kind();
            }
        }
    }

    private static String text(TableDefinition table) {
        StringBuilder out = new StringBuilder("table " + table.id() + " " + table.name() + " type=" + table.keyType()
                + " len=" + table.keyLength() + " expire=" + table.expireMs() + ":");
        for (StoredType each : table.stored()) {
            out.append(' ').append(each.number()).append(each.isArray() ? "x" + each.elements() : "")
                    .append(each.isRate() ? "/" + each.periodMs() : "");
        }
        return out.toString();
    }

    private static byte[] rewrite(byte[] lesson) {
        PeerFramer framer = new PeerFramer(BUFFER);
        framer.take(Unpooled.wrappedBuffer(lesson));
        PeerOutput out = new PeerOutput();
        PeerOutput body = new PeerOutput();
        TableDefinition table = null;
        SentNames sent = new SentNames();
        EntryUpdate entry = new EntryUpdate();
        int last = 0;
        while (framer.next() == PeerFramer.Found.MESSAGE) {
            if (framer.kind() == PeerMessage.DEFINITION) {
                table = TableDefinition.read(framer.body());
                body.clear();
                table.write(body);
                out.putMessage(PeerMessage.DEFINITION, body);
                continue;
            }
            assertTrue(entry.read(framer.body(), framer.kind(), last, table, new LearnedNames()));
            last = entry.id();
            int begun = out.length();
            entry.write(out, body, table, sent);
            if (framer.kind() == PeerMessage.TIMED_INCREMENTAL) {
                // it leaves its number out: four bytes less, and a length that is four less
                byte[] whole = Arrays.copyOfRange(out.bytes(), begun, out.length());
                byte[] rest = Arrays.copyOfRange(whole, 7, whole.length);
                byte[] before = Arrays.copyOf(out.bytes(), begun);
                out.clear();
                out.put(before).put(PeerMessage.UPDATES).put(PeerMessage.TIMED_INCREMENTAL).putNumber(rest.length).put(rest);
            }
        }
        return Arrays.copyOf(out.bytes(), out.length());
    }
}
