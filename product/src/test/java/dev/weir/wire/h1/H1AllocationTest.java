package dev.weir.wire.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Reading, editing and writing heads must allocate nothing once it is warm. */
class H1AllocationTest {

    private static final int ROUNDS = 20_000;
    /** What the JVM itself may allocate on this thread while it compiles and measures. */
    private static final long NOISE = 16_384;

    private static final byte[] REQUEST = ("GET /some/path/to/a/resource?with=query&and=more HTTP/1.1\r\n"
            + "Host: www.example.org\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
            + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
            + "Accept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
            + "Referer: https://www.example.org/some/other/path\r\nConnection: keep-alive\r\n"
            + "Cookie: session=0123456789abcdef0123456789abcdef; theme=dark\r\nX-Request-Id: 12345\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private static final HeaderName ADDED = HeaderName.of("X-Added");
    private static final byte[] VALUE = "a value".getBytes(StandardCharsets.US_ASCII);

    private final H1RequestParser parser = new H1RequestParser(H1Forward.LIMITS);
    private final H1Writer writer = new H1Writer(null);
    private final Head head = new Head();
    /** The leak detector of the tests allocates at each access. */
    private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true, true);
    private final ByteBuf in = buffers.directBuffer(1024).writeBytes(REQUEST);
    private final ByteBuf out = buffers.directBuffer(2048);

    private void forward() {
        in.readerIndex(0);
        parser.begin(head);
        if (parser.parse(in) != H1Progress.DONE) {
            throw new IllegalStateException("a good request was refused");
        }
        head.deleteAll(HeaderName.REFERER);
        head.add(ADDED, VALUE);
        head.addNumber(HeaderName.AGE, 17);
        out.clear();
        writer.takesClose(head);
        writer.head(head, H1Writer.Word.NOTHING, out);
    }

    @Test
    void forwardsHeadsWithoutGarbage() {
        assertEquals(0, bytesPerRequest());
        assertTrue(out.readableBytes() > 400);
    }

    private long bytesPerRequest() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < ROUNDS; i++) {
            forward();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            forward();
        }
        return Math.max(0, threads.getCurrentThreadAllocatedBytes() - before - NOISE) / ROUNDS;
    }

    /** Tells the time of one head. Argument: rounds in thousands. */
    public static void main(String[] args) {
        H1AllocationTest test = new H1AllocationTest();
        long rounds = Long.parseLong(args[0]) * 1000;
        for (int pass = 0; pass < 5; pass++) {
            long start = System.nanoTime();
            for (long i = 0; i < rounds; i++) {
                test.forward();
            }
            System.out.println((System.nanoTime() - start) / rounds + " ns for " + REQUEST.length + " bytes");
        }
        System.out.println(test.bytesPerRequest() + " bytes allocated per head");
    }
}
