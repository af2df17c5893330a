package dev.weir.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the library has is given back: contexts, and all of a connection however it ends. {@code scripts/soak} is longer. */
class TlsMemoryTest {

    private static final int HANDSHAKES = Integer.getInteger("weir.soak.handshakes", 4_000);
    /** One that is not freed takes tens of kB for each handshake; the JVM grows by some MB meanwhile, all tests together. */
    private static final int MOST_GROWTH_KB = 32_000;

    @TempDir
    static Path work;
    private static CertificateFile file;

    /** One end; what it reads is dropped. */
    private static final class End implements TlsLink.Carrier {

        private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
        private TlsLink link;

        @Override
        public void opened(ByteBuf text) {
            text.release();
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
            // counted by the library
        }

        @Override
        public void failed(TlsFault why) {
            // half of them do
        }

        @Override
        public void ended() {
            // nothing depends on it
        }

        void close() {
            link.close();
            waiting.forEach(ByteBuf::release);
            waiting.clear();
        }
    }

    @BeforeAll
    static void certificate() throws IOException, InterruptedException, TlsError {
        Process made = new ProcessBuilder("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", work.resolve("a.pem.key").toString(), "-out",
                work.resolve("a.pem").toString(), "-days", "30", "-subj", "/CN=a.test").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Assumptions.assumeTrue(made.waitFor() == 0, "openssl is not installed");
        file = new CertificateStore().load(work.resolve("a.pem").toString()).getFirst();
    }

    private static CertificateChoice choice(ContextBuilder builder) throws TlsError {
        CertificateChoice choice = new CertificateChoice(false, false);
        choice.add(builder, new TlsTerms(Map.of()), file, "test", List.of(), false, null);
        return choice;
    }

    private static int contextsAfterCollection(int wanted) throws InterruptedException {
        for (int i = 0; i < 100 && Native.contexts() > wanted; i++) {
            System.gc();
            Thread.sleep(20);
        }
        return Native.contexts();
    }

    @Test
    void contextsGoWithWhoeverNamedThem() throws Exception {
        int before = contextsAfterCollection(0);
        for (int i = 0; i < 40; i++) {
            ContextBuilder builder = new ContextBuilder(TlsTerms.NONE);
            choice(builder);
            new TlsServerEnd(builder, new TlsTerms(Map.of("verify", "none")), null, "test");
        }
        assertTrue(contextsAfterCollection(before) <= before, "contexts stay");
    }

    @Test
    void theSameIsMadeOnce() throws TlsError {
        CertificateStore first = new CertificateStore();
        TlsTerms terms = new TlsTerms(Map.of("alpn", "h2"));
        TlsContext context = first.builder(TlsTerms.NONE).accepting(terms, file, "r");
        CertificateStore second = new CertificateStore(first);
        assertEquals(context, second.builder(TlsTerms.NONE).accepting(terms, file, "r"));
        TlsContext other = second.builder(TlsTerms.NONE).accepting(terms, file, "s");
        assertTrue(other != context);
        int now = Native.contexts();
        context.retire();
        context.retire();
        assertEquals(now - 1, Native.contexts());
        assertTrue(second.builder(TlsTerms.NONE).accepting(terms, file, "r") != context, "one that is freed comes back");
    }

    /** A connection keeps what it was begun with, though nobody else has it any more. */
    @Test
    void aConnectionOutlivesItsContext() throws TlsError {
        CertificateChoice choice = choice(new ContextBuilder(TlsTerms.NONE));
        TlsServerEnd server = new TlsServerEnd(new ContextBuilder(TlsTerms.NONE),
                new TlsTerms(Map.of("verify", "none", "ssl-max-ver", "TLSv1.2")), null, "test");
        End[] ends = pair(choice, server);
        ends[0].link.start();
        move(ends, 1);
        ends[1].link.context().retire();
        move(ends, 100);
        assertTrue(ends[0].link.isEstablished() && ends[1].link.isEstablished());
        ends[0].close();
        ends[1].close();
    }

    private static End[] pair(CertificateChoice choice, TlsServerEnd server) {
        End[] ends = {new End(), new End()};
        ends[0].link = TlsLink.dialling(ends[0], new TlsClient(server, 0, "a.test"));
        ends[1].link = TlsLink.accepting(ends[1], choice);
        return ends;
    }

    private static void move(End[] ends, int steps) {
        for (int step = 0; step < steps; step++) {
            ByteBuf bytes = ends[step & 1].waiting.poll();
            if (bytes != null) {
                ends[step + 1 & 1].link.received(bytes);
            }
        }
    }

    @Test
    void handshakesLeaveNothingBehind() throws Exception {
        ContextBuilder builder = new ContextBuilder(TlsTerms.NONE);
        CertificateChoice choice = choice(builder);
        TlsServerEnd server = new TlsServerEnd(builder, new TlsTerms(Map.of("verify", "none", "no-ssl-reuse", "")), null,
                "test");
        Random random = new Random(3);
        handshakes(choice, server, random, HANDSHAKES / 2);
        long before = resident();
        handshakes(choice, server, random, HANDSHAKES);
        long grown = resident() - before;
        assertTrue(grown < MOST_GROWTH_KB, grown + " kB more after " + HANDSHAKES + " handshakes");
    }

    /** Every other one is broken off, or has a byte changed, somewhere. */
    private static void handshakes(CertificateChoice choice, TlsServerEnd server, Random random, int count) {
        for (int i = 0; i < count; i++) {
            End[] ends = pair(choice, server);
            ends[0].link.start();
            if (i % 2 == 0) {
                move(ends, random.nextInt(4));
                for (End end : ends) {
                    ByteBuf next = end.waiting.peek();
                    if (next != null && random.nextBoolean()) {
                        next.setByte(random.nextInt(next.readableBytes()), random.nextInt());
                    }
                }
                move(ends, random.nextInt(4));
            } else {
                move(ends, 12);
            }
            ends[0].close();
            ends[1].close();
        }
    }

    private static long resident() throws IOException {
        System.gc();
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no status");
    }
}
