package dev.weir.wire.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole conversation of HAProxy's with HAProxy, each side read and written again to the byte. */
class PeerConversationTest {

    /** All that one side said. */
    private static byte[] side(char who) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream in = PeerConversationTest.class.getResourceAsStream("conversation.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.charAt(0) == who) {
                    all.writeBytes(HexFormat.of().parseHex(line.substring(2)));
                }
            }
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({">,3,27,21,12", "<,1,19,18,21"})
    void readsAndWritesTheSame(char who, int lines, int definitions, int entries, int acknowledgements) throws IOException {
        byte[] said = side(who);
        int[] counts = new int[3];
        byte[] again = rewrite(said, lines, counts);
        assertEquals(HexFormat.of().formatHex(said), HexFormat.of().formatHex(again));
        assertEquals(definitions + " " + entries + " " + acknowledgements, counts[0] + " " + counts[1] + " " + counts[2]);
    }

    private static byte[] rewrite(byte[] said, int lines, int[] counts) {
        PeerFramer framer = new PeerFramer(16_384);
        framer.take(Unpooled.wrappedBuffer(said));
        PeerOutput out = new PeerOutput();
        PeerOutput body = new PeerOutput();
        for (int i = 0; i < lines; i++) {
            greeting(framer.line(), lines, i, out);
        }
        LearnedNames learned = new LearnedNames();
        SentNames sent = new SentNames();
        EntryUpdate entry = new EntryUpdate();
        TableDefinition table = null;
        int last = 0;
        PeerFramer.Found found;
        while ((found = framer.next()) == PeerFramer.Found.MESSAGE) {
            PeerInput in = framer.body();
            body.clear();
            if (framer.type() == PeerMessage.CONTROL) {
                out.putMessage(PeerMessage.CONTROL, framer.kind());
            } else if (framer.kind() == PeerMessage.DEFINITION) {
                table = TableDefinition.read(in);
                table.write(body);
                out.putMessage(PeerMessage.DEFINITION, body);
                counts[0]++;
            } else if (framer.kind() == PeerMessage.ACKNOWLEDGEMENT) {
                body.putNumber(in.number()).putInt(in.int32());
                out.putMessage(PeerMessage.ACKNOWLEDGEMENT, body);
                counts[2]++;
            } else {
                assertTrue(entry.read(in, framer.kind(), last, table, learned), "an entry");
                last = entry.id();
                entry.write(out, body, table, sent);
                counts[1]++;
            }
        }
        assertEquals(PeerFramer.Found.NOTHING, found);
        return Arrays.copyOf(out.bytes(), out.length());
    }

    /** Three lines of a caller's greeting, or the status. */
    private static void greeting(String line, int lines, int at, PeerOutput out) {
        if (lines == 1) {
            PeerStatus status = PeerStatus.of(line);
            assertNotNull(status, line);
            status.write(out);
        } else if (at == 0) {
            assertEquals(null, PeerHello.faultOf(line));
            new PeerHello(PeerHello.minorOf(line), "beta", "alpha", 31609).write(out);
        } else {
            assertEquals(at == 1 ? "beta" : "alpha", at == 1 ? line : PeerHello.callerOf(line));
        }
    }
}
