package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a request leaves on the heap for the collector, as the JVM counts it for each worker: there are budgets. Compilers
 * mostly do away with what Netty makes for each of io_uring's operations, some 270 bytes for a request, and sometimes do
 * not: then it is 420 bytes for a plain one in place of 130.
 */
class AllocationTest {

    /** A worker's line of {@code jcmd Thread.print -e}. */
    private static final Pattern ALLOCATED = Pattern.compile("\"weir-\\d+\"[^\n]* allocated=([0-9.]+)([BKMG])");
    private static final int REQUESTS = 20_000;
    /** Compilers take their time, and more of it on a busy machine; what they have not come to yet allocates more. */
    private static final int MOST_ROUNDS = 15;

    private static final Stage STAGE = new Stage();
    private static Proxy proxy;

    @BeforeAll
    static void start() throws IOException {
        Product.HAPROXY.needs(Part.START);
        Tools.need("h2load");
        Proxy origin = STAGE.add(Product.HAPROXY.launch().start("""
                defaults
                    mode http
                    timeout client 20s
                frontend fe
                    bind 127.0.0.1:{port:fe}
                    http-request return status 200 content-type text/plain string hello
                """));
        proxy = STAGE.add(Product.WEIR.launch().port("origin", origin.port("fe")).start("""
                global
                    nbthread 1
                defaults
                    mode http
                    timeout connect 2s
                    timeout client 20s
                    timeout server 20s
                listen plain
                    bind 127.0.0.1:{port:plain}
                    server s 127.0.0.1:{port:origin}
                listen rules
                    bind 127.0.0.1:{port:rules}
                    option forwardfor
                    acl admin path_beg /admin /private
                    acl bot req.hdr(user-agent) -m sub bot
                    http-request deny if admin or bot
                    http-request set-header X-Real-IP %[src]
                    http-request set-header X-Path %[path,lower]
                    http-response del-header server
                    server s 127.0.0.1:{port:origin}
                """));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    @ParameterizedTest
    @CsvSource({"plain, --h1, 450", "rules, --h1, 520", "plain, -m10, 600"})
    void requestsKeepToTheirBudget(String port, String how, int budget) throws IOException {
        ask(port, how, REQUESTS);
        double each = Double.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && each > budget; round++) {
            double before = allocated();
            ask(port, how, REQUESTS);
            each = (allocated() - before) / REQUESTS;
        }
        System.out.printf("allocation: %s %s: %.0f bytes for a request%n", port, how, each);
        assertTrue(each <= budget, port + " " + how + ": " + each + " bytes for a request");
    }

    private static void ask(String port, String how, int count) throws IOException {
        Finished run = Finished.of(List.of("h2load", how, "-c8", "-n" + count, "http://127.0.0.1:" + proxy.port(port) + "/"));
        assertTrue(run.out().contains(count + " succeeded"), run.out());
        assertEquals(0, run.code());
    }

    private static double allocated() throws IOException {
        Finished asked = Finished.of(List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(proxy.pid()), "Thread.print", "-e"));
        double sum = 0;
        for (Matcher matcher = ALLOCATED.matcher(asked.out()); matcher.find();) {
            sum += Double.parseDouble(matcher.group(1)) * (1L << 10 * "BKMG".indexOf(matcher.group(2)));
        }
        assertTrue(sum > 0, asked.out() + asked.err());
        return sum;
    }
}
