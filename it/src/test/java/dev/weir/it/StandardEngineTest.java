package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Tools;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine that a process has of which nothing is said. */
class StandardEngineTest {

    private static final String CONFIGURATION = """
            defaults
             mode http
             timeout connect 2s
             timeout client 2s
             timeout server 2s
            frontend fe
             bind 127.0.0.1:{port:fe}
            %s
            """;

    private static boolean isOffered() throws IOException {
        return Product.WEIR.run("-vv").out().contains("will use io_uring");
    }

    /** Where the file has sockets that only epoll can serve, it is epoll. */
    @ParameterizedTest
    @CsvSource({"'', true", "'log-forward f| dgram-bind unix@{dir}/log| log global', false"})
    void isTheFastestThatFits(String more, boolean ring) throws Exception {
        Assumptions.assumeTrue(isOffered(), "the kernel has no io_uring to use");
        Launch launch = Product.WEIR.launch();
        String text = CONFIGURATION.formatted(more.replace("|", "\n").replace("{dir}", launch.directory().toString()));
        try (Proxy proxy = launch.start("global\n log 127.0.0.1:9 local0\n" + text)) {
            assertEquals(ring, proxy.descriptors().contains("anon_inode:[io_uring]"), proxy.err() + text);
        }
    }

    /** Whoever ends listens no more from that moment on, though the kernel takes its time to tidy up after a ring. */
    @Test
    void nothingListensAfterTheEnd() throws Exception {
        for (int i = 0; i < 5; i++) {
            Proxy proxy = Product.WEIR.start(CONFIGURATION.formatted(""));
            int port = proxy.port("fe");
            proxy.signal("TERM");
            assertEquals(0, proxy.awaitExit());
            Finished table = Finished.of(List.of(Tools.need("ss"), "-Hltn", "sport", "=", ":" + port));
            assertTrue(table.out().isBlank(), table.out());
        }
    }
}
