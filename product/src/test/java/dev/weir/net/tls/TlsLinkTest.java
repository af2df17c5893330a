package dev.weir.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two links back to back, without sockets between them. */
class TlsLinkTest {

    @TempDir
    static Path work;
    private static CertificateFile file;

    /** One end: what it gives the other waits in a queue, what it reads is added up. */
    private static final class End implements TlsLink.Carrier {

        private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
        private TlsLink link;
        private boolean established;
        private boolean ended;
        private TlsFault fault;
        private long read;
        private int sum;

        @Override
        public void opened(ByteBuf text) {
            byte[] bytes = new byte[text.readableBytes()];
            text.readBytes(bytes);
            text.release();
            read += bytes.length;
            for (byte b : bytes) {
                sum = 31 * sum + b;
            }
        }

        @Override
        public void sealed(ByteBuf bytes) {
            waiting.add(bytes);
        }

        @Override
        public void send() {
            // the test moves the bytes
        }

        @Override
        public void established() {
            established = true;
        }

        @Override
        public void failed(TlsFault why) {
            fault = why;
        }

        @Override
        public void ended() {
            ended = true;
        }

        /** Gives the other end what waits, in pieces of that size. */
        boolean moveTo(End other, int size) {
            ByteBuf bytes = waiting.poll();
            if (bytes == null) {
                return false;
            }
            while (bytes.isReadable()) {
                int count = Math.min(size, bytes.readableBytes());
                ByteBuf piece = ByteBufAllocator.DEFAULT.directBuffer(count);
                other.link.received(piece.writeBytes(bytes, count));
            }
            bytes.release();
            return true;
        }

        void close() {
            link.close();
            waiting.forEach(ByteBuf::release);
            waiting.clear();
        }
    }

    @BeforeAll
    static void certificate() throws IOException, InterruptedException, TlsError {
        Process made = new ProcessBuilder("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout",
                work.resolve("a.pem.key").toString(), "-out", work.resolve("a.pem").toString(), "-days", "30", "-subj",
                "/CN=a.test").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Assumptions.assumeTrue(made.waitFor() == 0, "openssl is not installed");
        file = new CertificateStore().load(work.resolve("a.pem").toString()).getFirst();
    }

    private static CertificateChoice choice(Map<String, String> words) throws TlsError {
        CertificateChoice choice = new CertificateChoice(false, false);
        choice.add(new ContextBuilder(TlsTerms.NONE).accepting(new TlsTerms(words), file, "test"), List.of("a.test"));
        return choice;
    }

    private static TlsServerEnd server(Map<String, String> words) throws TlsError {
        return new TlsServerEnd(new ContextBuilder(TlsTerms.NONE), new TlsTerms(words).with("verify", "none"), null, "test");
    }

    private static End[] pair(CertificateChoice choice, TlsServerEnd server) {
        End[] ends = {new End(), new End()};
        ends[0].link = TlsLink.dialling(ends[0], new TlsClient(server, 0, "a.test"));
        ends[1].link = TlsLink.accepting(ends[1], choice);
        ends[0].link.start();
        return ends;
    }

    private static void move(End[] ends, int size) {
        while (ends[0].moveTo(ends[1], size) | ends[1].moveTo(ends[0], size)) {
            // until both have nothing more to say
        }
    }

    private static void close(End[] ends) {
        ends[0].close();
        ends[1].close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 1 << 20})
    void passesTextInPiecesOfAnySize(int size) throws TlsError {
        End[] ends = pair(choice(Map.of()), server(Map.of()));
        move(ends, size);
        assertTrue(ends[0].established && ends[1].established);
        Random random = new Random(size);
        byte[] text = new byte[size < 100 ? 20_000 : 1_000_000];
        random.nextBytes(text);
        int sum = 0;
        for (byte b : text) {
            sum = 31 * sum + b;
        }
        for (int at = 0; at < text.length; ) {
            int count = Math.min(1 + random.nextInt(40_000), text.length - at);
            ends[0].link.write(ByteBufAllocator.DEFAULT.directBuffer(count).writeBytes(text, at, count));
            ends[1].link.write(ByteBufAllocator.DEFAULT.heapBuffer(count).writeBytes(text, at, count));
            at += count;
        }
        ends[0].link.seal();
        ends[1].link.seal();
        move(ends, size);
        assertEquals(text.length, ends[0].read);
        assertEquals(text.length, ends[1].read);
        assertEquals(sum, ends[0].sum);
        assertEquals(sum, ends[1].sum);
        ends[0].link.end();
        move(ends, size);
        assertTrue(ends[1].ended);
        assertFalse(ends[0].ended);
        close(ends);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void goesOnWithASession(String version) throws TlsError {
        CertificateChoice choice = choice(Map.of("ssl-min-ver", version, "ssl-max-ver", version));
        TlsServerEnd server = server(Map.of());
        for (int i = 0; i < 3; i++) {
            End[] ends = pair(choice, server);
            move(ends, 1 << 20);
            assertEquals(i > 0, ends[0].link.facts().isResumed());
            assertEquals(i > 0, ends[1].link.facts().isResumed());
            assertEquals(version, new String(ends[1].link.facts().version(), java.nio.charset.StandardCharsets.US_ASCII));
            close(ends);
        }
    }

    @Test
    void versionsThatDoNotMeetAreAFailure() throws TlsError {
        End[] ends = pair(choice(Map.of("ssl-min-ver", "TLSv1.3")), server(Map.of("ssl-max-ver", "TLSv1.2")));
        move(ends, 1 << 20);
        assertEquals(TlsFault.HANDSHAKE, ends[0].fault);
        assertEquals(TlsFault.HANDSHAKE, ends[1].fault);
        assertNotNull(ends[1].link.facts().errorText());
        close(ends);
    }

    /** Whatever bytes are changed on the way, each end has its text, or has failed; nothing is left behind. */
    @Test
    void brokenBytesAreFailures() throws TlsError {
        CertificateChoice choice = choice(Map.of());
        TlsServerEnd server = server(Map.of());
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            End[] ends = pair(choice, server);
            int victim = random.nextInt(6);
            for (int step = 0; step < 12; step++) {
                End from = ends[step & 1];
                if (step == victim && !from.waiting.isEmpty()) {
                    ByteBuf bytes = from.waiting.peek();
                    bytes.setByte(random.nextInt(bytes.readableBytes()), random.nextInt());
                }
                from.moveTo(ends[step + 1 & 1], 1 << 20);
            }
            close(ends);
        }
        End[] after = pair(choice, server);
        move(after, 1 << 20);
        assertTrue(after[1].established);
        close(after);
    }
}
