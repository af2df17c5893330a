package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Frames;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many streams of one connection, most of which stand still: nobody waits for them, and they cost no more than they may. */
class Http2StreamsTest {

    private static final int STREAMS = 100;
    private static final int BIG = 8 << 20;
    private static final Stage STAGE = new Stage();
    /** What the origin could get rid of. */
    private static final AtomicLong WRITTEN = new AtomicLong();
    private static Proxy proxy;

    @BeforeAll
    static void start() throws IOException {
        int origin = STAGE.add(Origin.of((socket, in, out) -> {
            socket.setSendBufferSize(16384);
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                int size = head.startsWith("GET /big") ? BIG : 2;
                out.write(("HTTP/1.1 200 OK\r\ncontent-length: " + size + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                byte[] piece = new byte[Math.min(size, 16384)];
                for (int left = size; left > 0; left -= piece.length) {
                    out.write(piece);
                    WRITTEN.addAndGet(piece.length);
                }
            }
        })).port();
        proxy = STAGE.add(Product.WEIR.launch().port("origin", origin).settlingSoon().start("""
                global
                    tune.h2.max-concurrent-streams 200
                    tune.rcvbuf.server 16384
                defaults
                    mode http
                    timeout connect 2s
                    timeout client 20s
                    timeout server 20s
                frontend one
                    bind 127.0.0.1:{port:one} proto h2
                    default_backend origin
                frontend two
                    bind 127.0.0.1:{port:two} proto h2
                    default_backend chain
                backend chain
                    http-reuse always
                    server s 127.0.0.1:{port:one} proto h2
                backend origin
                    server s 127.0.0.1:{port:origin}
                """));
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static String widen(int stream, int by) {
        return String.format(Locale.ROOT, "frame WINDOW_UPDATE 0 %d %08x", stream, by);
    }

    /** With no window for anybody but the last. */
    @ParameterizedTest
    @ValueSource(strings = {"one", "two"})
    void whoStandsStillIsInNobodysWay(String port) throws Exception {
        WRITTEN.set(0);
        try (Client client = proxy.connect(port)) {
            client.send(Frames.PREFACE).send(Frames.bytes("frame SETTINGS 0 0 000400000000"));
            for (int i = 0; i < STREAMS; i++) {
                client.send(Frames.bytes("get " + (2 * i + 1) + " /big"));
            }
            String seen = Frames.seen(client.socket(), 700);
            assertEquals(STREAMS, seen.split(":200").length - (seen.endsWith(":200") ? 0 : 1), seen);
            assertTrue(!seen.contains("data"), seen);
            // a window and the buffers of two sockets each, with room for how the kernel counts
            assertTrue(WRITTEN.get() < STREAMS * 512L * 1024, WRITTEN.get() + " bytes were taken");
            int last = 2 * STREAMS + 1;
            client.send(Frames.bytes("get " + last + " /small")).send(Frames.bytes(widen(last, 1000)));
            String served = Frames.seen(client.socket(), 500);
            assertTrue(served.startsWith(last + ":200 " + last + ":data:"), served);
            client.send(Frames.bytes(widen(1, BIG))).send(Frames.bytes(widen(0, BIG)));
            assertEquals(BIG, bytesOf(client, 1));
        }
    }

    /** The body of that stream, up to its end. */
    private static long bytesOf(Client client, int wanted) throws IOException {
        client.socket().setSoTimeout(5000);
        DataInputStream in = new DataInputStream(client.socket().getInputStream());
        long all = 0;
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            in.skipNBytes(length);
            if (type == 0) {
                assertEquals(wanted, stream);
                all += length;
                if ((flags & 1) == 1) {
                    return all;
                }
            }
        }
    }

    /** Memory does not grow with what stands still: a window each, not a body. */
    @Test
    void whoStandsStillCostsAWindow() throws Exception {
        whoStandsStillIsInNobodysWay("one");
        long before = proxy.settledKb();
        try (Client client = proxy.connect("one")) {
            client.send(Frames.PREFACE).send(Frames.bytes("frame SETTINGS 0 0 000400000000"));
            for (int i = 0; i < STREAMS; i++) {
                client.send(Frames.bytes("get " + (2 * i + 1) + " /big"));
            }
            Frames.seen(client.socket(), 700);
            long after = proxy.settledKb();
            assertTrue(after - before < STREAMS * 256, before + " kB became " + after);
        }
    }
}
