package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is compiled for servers holds for those that a command adds: names of encrypted connections, PROXY fields, tracking. */
class AddedServersTest {

    private static final String FILE = """
            global
                stats socket {dir}/s.sock level admin
            defaults d
                mode http
                timeout connect 2s
                timeout client 5s
                timeout server 5s
                balance roundrobin
            frontend fe
                bind 127.0.0.1:{port:fe}
                use_backend %[path,field(2,/)]
            backend be
                server static 127.0.0.1:{port:plain} check inter 200ms
            frontend encrypted
                bind 127.0.0.1:{port:tls} ssl crt DIR/a.pem
                bind 127.0.0.1:{port:proxied} accept-proxy
                bind 127.0.0.1:{port:plain}
                http-request return status 200 content-type text/plain lf-string "%[ssl_fc_sni],%[fc_pp_tlv(0xE1)]"
            """;

    private final Stage stage = new Stage();

    @TempDir
    Path work;

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private static String get(Proxy proxy, String path, String host) throws IOException {
        try (Client client = proxy.connect("fe")) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nx-sni: other.test\r\nConnection: close\r\n\r\n");
            String answer = client.readAll();
            return answer.startsWith("HTTP/1.1 200") ? answer.substring(answer.indexOf("\r\n\r\n") + 4) : answer.substring(9, 12);
        }
    }

    private static String ask(Proxy proxy, String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("s.sock"), line);
    }

    @Test
    void whatIsCompiledForServersHoldsForAddedOnes() throws Exception {
        Tools.need("openssl");
        assertEquals(0, Finished.of(List.of("sh", "-c", "cd " + work + " && openssl req -x509 -newkey rsa:2048 -nodes -keyout k "
                + "-out c -days 30 -subj /CN=a.test && cat c k > a.pem")).code());
        Proxy weir = stage.add(Product.WEIR.start(FILE.replace("DIR", work.toString())));
        String added = "New server registered.\n\n";
        assertEquals("New backend registered.\n\n", ask(weir, "add backend late from d"));
        assertEquals("Backend published.\n\n", ask(weir, "publish backend late"));
        String tls = "127.0.0.1:" + weir.port("tls") + " ssl verify none enabled";
        for (int round = 0; round < 2; round++) {
            for (String backend : List.of("be", "late")) {
                ask(weir, "disable server be/static");
                assertEquals(added, ask(weir, "add server " + backend + "/auto " + tls));
                assertEquals("some.test,", get(weir, "/" + backend, "some.test"));
                reload(weir);
                assertEquals("some.test,", get(weir, "/" + backend, "some.test"), "after a reload");
                assertEquals("Server deleted.\n", ask(weir, "del server " + backend + "/auto force"));
                assertEquals(added, ask(weir, "add server " + backend + "/named " + tls + " sni req.hdr(x-sni)"));
                assertEquals("other.test,", get(weir, "/" + backend, "some.test"));
                reload(weir);
                assertEquals("other.test,", get(weir, "/" + backend, "some.test"), "after a reload");
                assertEquals("Server deleted.\n", ask(weir, "del server " + backend + "/named force"));
                assertEquals(added, ask(weir, "add server " + backend + "/told 127.0.0.1:" + weir.port("proxied")
                        + " send-proxy-v2 set-proxy-v2-tlv-fmt(0xE1) %[src]-%[str(told)] enabled"));
                assertEquals(",127.0.0.1-told", get(weir, "/" + backend, "some.test"));
                assertEquals("Server deleted.\n", ask(weir, "del server " + backend + "/told force"));
            }
        }
        String[] stat = ask(weir, "show stat encrypted 1 -1").split("\n");
        int column = List.of(stat[0].split(",")).indexOf("ssl_sess");
        assertTrue(Integer.parseInt(stat[1].split(",", -1)[column]) >= 8, stat[1]);
        assertTrue(ask(weir, "add server be/wrong " + tls + " sni nonsense(").contains("sni expression"));
        assertTrue(ask(weir, "add server be/wrong 127.0.0.1:1 send-proxy-v2 set-proxy-v2-tlv-fmt(0xE1) %[req.hdr(host)]")
                .contains("failed to parse set-proxy-v2-tlv-fmt"));
        assertTrue(!ask(weir, "show servers state be").contains(" wrong "));
    }

    private static void reload(Proxy proxy) throws IOException, InterruptedException {
        int before = proxy.err().split("Loading success", -1).length;
        proxy.signal("HUP");
        Wait.until(10, () -> "no reload", () -> proxy.err().split("Loading success", -1).length > before);
        Thread.sleep(100);
    }

    @Test
    void anAddedServerTracksAnother() throws Exception {
        Proxy weir = stage.add(Product.WEIR.start(FILE.replace(" ssl crt DIR/a.pem", "")));
        String to = "127.0.0.1:" + weir.port("plain");
        assertEquals("New server registered.\n\n", ask(weir, "add server be/t " + to + " track be/static"));
        String[][] wrong = {{"track static check", "unable to enable checks and tracking at the same time!"},
            {"track static init-state down", "unable to set init-state and tracking at the same time!"},
            {"track nope/static", "unable to find required proxy 'nope' for tracking."},
            {"track nope", "unable to find required server 'nope' for tracking."},
            {"track be/t", "unable to use be/t for tracking as it is a dynamic server."}};
        for (String[] row : wrong) {
            assertEquals(row[1] + "\n\n", ask(weir, "add server be/x " + to + " " + row[0]));
        }
        assertEquals("\n\n", ask(weir, "enable server be/t;set server be/static health down"));
        assertTrue(ask(weir, "show servers state be").contains(" t 127.0.0.1 0 0 "), ask(weir, "show servers state be"));
        assertEquals("\n", ask(weir, "set server be/static health up"));
        assertTrue(ask(weir, "show servers state be").contains(" t 127.0.0.1 2 0 "));
        assertTrue(ask(weir, "del server be/static").startsWith("This server cannot be removed at runtime"));
        assertEquals("Server deleted.\n", ask(weir, "del server be/t force"));
        assertEquals("\n", ask(weir, "disable server be/static"));
        assertEquals("Server deleted.\n", ask(weir, "del server be/static drain 1s"));
    }
}
