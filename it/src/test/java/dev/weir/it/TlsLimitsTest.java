package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Tools;
import dev.weir.it.rig.Wait;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the process as a whole allows of TLS, and how sessions go on where there is no cache. */
class TlsLimitsTest {

    @TempDir
    Path work;

    private Proxy start(Product product, String global) throws Exception {
        Tools.need("openssl");
        Finished made = Finished.of(List.of("sh", "-c", "cd " + work + " && openssl req -x509 -newkey rsa:2048 -nodes -keyout k "
                + "-out c -days 9 -subj /CN=a.test && cat c k > a.pem"));
        assertEquals(0, made.code(), made.err());
        return product.launch().start("""
                global
                    stats socket {dir}/sock level admin
                    GLOBAL
                frontend f
                    mode http
                    timeout client 5s
                    bind 127.0.0.1:{port:tls} ssl crt DIR/a.pem
                    http-request return status 200
                """.replace("DIR", work.toString()).replace("GLOBAL", global));
    }

    private static String told(Proxy proxy, String shell) throws Exception {
        return Finished.of(List.of("sh", "-c", "s() { (sleep 0.2) | timeout 5 openssl s_client -connect 127.0.0.1:"
                + proxy.port("tls") + " \"$@\" 2>/dev/null | grep -aE '^(New|Reused)'; }; cd " + proxy.directory() + "; "
                + shell)).out();
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void ticketsNeedNoCache(Product product) throws Exception {
        try (Proxy proxy = start(product.needs(), "tune.ssl.cachesize 0")) {
            assertEquals("New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384\n"
                    + "Reused, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384\n",
                    told(proxy, "s -tls1_2 -sess_out a; s -tls1_2 -sess_in a"));
            assertEquals("New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384\n",
                    told(proxy, "s -tls1_2 -no_ticket -reconnect | sort -u"));
        }
    }

    /** The one too many is sent away, as soon as there is one less the next one is not. */
    @Test
    void connectionsAreLimited() throws Exception {
        try (Proxy proxy = start(Product.WEIR, "maxsslconn 2\n    maxsslrate 200\n    maxcomprate 30")) {
            try (Client one = proxy.connect("tls"); Client other = proxy.connect("tls")) {
                Path socket = proxy.directory().resolve("sock");
                Wait.until(3, () -> "not seen", () -> CommandSocket.ask(socket, "show info")
                        .contains("\nCurrSslConns: 2\n"));
                try (Client third = proxy.connect("tls")) {
                    assertEquals("", third.readAll());
                }
                String info = CommandSocket.ask(socket, "show info");
                assertTrue(info.contains("\nMaxSslConns: 2\n") && info.contains("\nSslRateLimit: 200\n")
                        && info.contains("\nCompressBpsRateLim: 30720\n"), info);
                assertEquals("\n", CommandSocket.ask(socket, "set rate-limit ssl-sessions global 7"));
                assertEquals("\n", CommandSocket.ask(socket, "set rate-limit http-compression global 2"));
                info = CommandSocket.ask(socket, "show info");
                assertTrue(info.contains("\nSslRateLimit: 7\n") && info.contains("\nCompressBpsRateLim: 2048\n"), info);
                one.close();
                other.close();
            }
            assertTrue(told(proxy, "s -tls1_3").startsWith("New, TLSv1.3"));
        }
    }

    /** Twelve clients at four a second take two seconds and more; none is lost. */
    @Test
    void ratesAreLimited() throws Exception {
        try (Proxy proxy = start(Product.WEIR, "maxsslrate 4")) {
            long began = System.nanoTime();
            assertEquals(12, told(proxy, "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do s & done; wait").lines().count());
            long took = (System.nanoTime() - began) / 1_000_000;
            assertTrue(took > 1500, took + " ms");
        }
    }
}
