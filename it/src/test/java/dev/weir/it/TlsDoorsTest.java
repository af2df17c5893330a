package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Syslog;
import dev.weir.it.rig.Tools;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * TLS where no proxy is: runtime sockets, and messages that a ring sends to a section that forwards them.
 */
class TlsDoorsTest {

    @TempDir
    Path work;

    @ParameterizedTest
    @EnumSource(Product.class)
    void encrypts(Product product) throws Exception {
        product.needs();
        Tools.need("openssl");
        Finished made = Finished.of(List.of("sh", "-c", "cd " + work + " && openssl req -x509 -newkey rsa:2048 -nodes -keyout k "
                + "-out c -days 9 -subj /CN=door.test -addext subjectAltName=DNS:door.test && cat c k > door.pem"));
        assertTrue(made.code() == 0, made.err());
        try (Syslog log = new Syslog(); Proxy proxy = product.launch().port("log", log.port()).until("http").start("""
                global
                    stats socket 127.0.0.1:{port:cli} ssl crt DIR/door.pem level admin
                    log ring@out local0
                ring out
                    format rfc5424
                    size 32764
                    timeout connect 2s
                    timeout server 5s
                    server s 127.0.0.1:{port:forward} ssl ca-file DIR/c verifyhost door.test log-proto octet-count
                log-forward in
                    bind 127.0.0.1:{port:forward} ssl crt DIR/door.pem
                    log 127.0.0.1:{port:log} local0
                frontend f
                    mode http
                    log global
                    option httplog
                    timeout client 3s
                    bind 127.0.0.1:{port:http}
                    http-request return status 200
                """.replace("DIR", work.toString()))) {
            try (Client client = proxy.connect("http")) {
                client.send("GET /seen HTTP/1.0\r\n\r\n").readAll();
            }
            log.next(line -> line.contains("\"GET /seen HTTP/1.0\""));
            if (product == Product.WEIR) {
                asksBehindTls(proxy);
            }
        }
    }

    /** HAProxy 2.6 speaks in the clear there, whatever the line says. */
    private static void asksBehindTls(Proxy proxy) throws Exception {
        String seen = Finished.of(List.of("sh", "-c", "(echo 'show env HOME'; sleep 0.5) | openssl s_client -quiet -connect "
                + "127.0.0.1:" + proxy.port("cli") + " 2>/dev/null")).out();
        assertTrue(seen.startsWith("HOME="), seen);
        try (Client clear = proxy.connect("cli")) {
            clear.send("show env HOME\n");
            String answer = clear.readAll();
            assertTrue(!answer.contains("HOME="), answer);
        }
    }
}
