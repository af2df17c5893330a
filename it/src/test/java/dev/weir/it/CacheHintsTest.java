package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.HttpHead;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** {@code early-hints} of caches: what a page will need is told before the page (newer than HAProxy 2.6). */
class CacheHintsTest {

    private static final Stage STAGE = new Stage();
    private static final String HINT = "HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload; as=style\r\n\r\n";

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    @Test
    void linksAreToldBeforeTheAnswer() throws Exception {
        int[] answers = {0};
        int origin = STAGE.add(Origin.of((socket, in, out) -> {
            for (String head = HttpHead.read(in); !head.isEmpty(); head = HttpHead.read(in)) {
                String control = head.contains(" /private") ? "no-store" : "max-age=1";
                out.write(("HTTP/1.1 200 OK\r\nLink: </a.css>; rel=preload; as=style, </b>; rel=next\r\nCache-Control: " + control
                        + "\r\nContent-Length: 1\r\n\r\n" + ++answers[0]).getBytes(StandardCharsets.ISO_8859_1));
            }
        })).port();
        Proxy proxy = STAGE.add(Product.WEIR.launch().port("origin", origin).start("""
                global
                    stats socket {dir}/s.sock level admin
                defaults
                    mode http
                    timeout connect 2s
                    timeout client 2s
                    timeout server 2s
                listen page
                    bind 127.0.0.1:{port:fe}
                    http-request cache-use c no-early-hints if { path_beg /silent }
                    http-request cache-use c if !{ path_beg /silent }
                    http-response cache-store c
                    server s 127.0.0.1:{port:origin}
                listen only
                    bind 127.0.0.1:{port:only}
                    http-request cache-use h
                    http-response cache-store h
                    server s 127.0.0.1:{port:origin}
                cache c
                    total-max-size 1
                    early-hints on ratio 10
                cache h
                    total-max-size 1
                    max-object-size 10
                    early-hints only
                """));
        assertEquals("1 answered 1", ask(proxy, "fe", "/p"));
        assertEquals("1 answered 1", ask(proxy, "fe", "/p"), "the page itself is there");
        assertEquals("1 answered 2", ask(proxy, "fe", "/silent"));
        assertEquals("1 answered 3", ask(proxy, "only", "/o"));
        assertEquals("hinted 1 answered 4", ask(proxy, "only", "/o"));
        assertEquals("1 answered 5", ask(proxy, "only", "/private"));
        assertEquals("1 answered 6", ask(proxy, "only", "/private"));
        Thread.sleep(1050);
        assertEquals("hinted 1 answered 7", ask(proxy, "fe", "/p"));
        assertEquals("1 answered 8", ask(proxy, "fe", "/silent"));
        String shown = CommandSocket.ask(proxy.directory().resolve("s.sock"), "show cache");
        assertTrue(shown.matches("(?s).*: h \\(shctx.*type:hints size:\\d+ \\(1 blocks\\), refcount:0, expire:\\d+\n.*"), shown);
        String stat = CommandSocket.ask(proxy.directory().resolve("s.sock"), "show stat typed");
        assertTrue(stat.contains("cache_hint_hits.1:MCPP:u64:1\n"), stat);
    }

    /** Whether hints came, how many answers, and the origin's number of it. */
    private static String ask(Proxy proxy, String port, String path) throws Exception {
        try (Client client = proxy.connect(port)) {
            String got = client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").readAll();
            boolean hinted = got.startsWith(HINT);
            String rest = hinted ? got.substring(HINT.length()) : got;
            return (hinted ? "hinted " : "") + (rest.split("HTTP/1.1 ", -1).length - 1) + " answered "
                    + rest.substring(rest.indexOf("\r\n\r\n") + 4);
        }
    }
}
