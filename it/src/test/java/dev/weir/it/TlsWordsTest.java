package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Words about TLS that are rare: providers of the library, authorities that are not sent along, names that checks ask for. */
class TlsWordsTest {

    @TempDir
    Path work;

    private void certificates() throws Exception {
        Tools.need("openssl");
        Finished made = Finished.of(List.of("sh", "-c", "cd " + work + """

                set -e
                openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.k -out ca.c -days 9 -subj /CN=ca
                openssl req -newkey rsa:2048 -nodes -keyout a.k -out a.csr -subj /CN=a.test
                openssl x509 -req -in a.csr -CA ca.c -CAkey ca.k -CAcreateserial -days 9 -out a.c
                cat a.c ca.c a.k > a.pem
                """));
        assertEquals(0, made.code(), made.err());
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void takesProvidersAndKeepsRootsToItself(Product product) throws Exception {
        product.needs();
        certificates();
        try (Proxy proxy = product.start("""
                global
                    stats socket {dir}/sock level admin
                    ssl-provider default
                    ssl-provider legacy
                    ssl-propquery ?provider=default
                    ssl-skip-self-issued-ca
                frontend f
                    mode http
                    timeout client 3s
                    bind 127.0.0.1:{port:tls} ssl crt DIR/a.pem
                """.replace("DIR", work.toString()))) {
            assertEquals("Loaded providers : \n\t- default\n\t- legacy\n\n",
                    CommandSocket.ask(proxy.directory().resolve("sock"), "show ssl providers"));
            String shown = Finished.of(List.of("sh", "-c", "sleep 0.2 | openssl s_client -showcerts -connect 127.0.0.1:"
                    + proxy.port("tls") + " 2>/dev/null | grep ' s:'")).out();
            assertEquals(" 0 s:CN = a.test\n", shown);
        }
    }

    /** The host of the request is the name that the check asks for, unless its server's line says otherwise. */
    @Test
    void checksAskForTheirHost() throws Exception {
        certificates();
        try (Proxy proxy = Product.WEIR.start("""
                global
                    stats socket {dir}/sock level admin
                defaults
                    mode http
                    timeout client 3s
                    timeout server 3s
                    timeout connect 3s
                frontend f
                    bind 127.0.0.1:{port:tls} ssl crt DIR/a.pem
                    http-request return status 200 content-type text/plain lf-string "sni=%[ssl_fc_sni]"
                backend b
                    option httpchk
                    http-check send meth GET uri / hdr Host checked.test:80
                    http-check expect string sni=checked.test
                    server usual 127.0.0.1:{port:tls} ssl verify none check inter 100ms allow-0rtt renegotiate
                    server never 127.0.0.1:{port:tls} ssl verify none check inter 100ms no-check-sni-auto
                    server named 127.0.0.1:{port:tls} ssl verify none check inter 100ms check-sni other.test
                """.replace("DIR", work.toString()))) {
            Path socket = proxy.directory().resolve("sock");
            Wait.until(4, () -> "no check", () -> CommandSocket.ask(socket, "show servers state b").lines()
                    .filter(line -> line.contains(" 127.0.0.1 0 ")).count() == 2);
            assertTrue(CommandSocket.ask(socket, "show servers state b").contains(" usual 127.0.0.1 2 "));
        }
    }

    /** The command hears the file and its arguments, once for all keys that its answer opens. */
    @Test
    void sealedKeysAreOpenedByACommand() throws Exception {
        Tools.need("openssl");
        Finished made = Finished.of(List.of("sh", "-c", "cd " + work + """

                set -e
                for n in a b; do
                    openssl req -x509 -newkey rsa:2048 -passout pass:secret -keyout $n.k -out $n.c -days 9 -subj /CN=$n
                    cat $n.c $n.k > $n.pem
                done
                printf '#!/bin/sh\\necho "$@" >> %s/asked\\n[ "$2" = yes ] && echo "$3"\\n' "$PWD" > say
                chmod +x say
                """));
        assertEquals(0, made.code(), made.err());
        assertTrue(loaded("").contains("'ssl-passphrase-cmd'"));
        assertTrue(loaded("ssl-passphrase-cmd DIR/say no secret").contains("ended with 1."));
        assertTrue(loaded("ssl-passphrase-cmd DIR/say yes wrong").contains("gave a passphrase that does not open it."));
        assertEquals("", loaded("ssl-passphrase-cmd DIR/say yes secret"));
        assertEquals(List.of("a.pem no secret", "b.pem no secret", "a.pem yes wrong", "b.pem yes wrong", "a.pem yes secret")
                .stream().map(each -> work + "/" + each).toList(),
                java.nio.file.Files.readAllLines(work.resolve("asked")));
    }

    /** What a check of the file says. */
    private String loaded(String line) throws Exception {
        Finished run = Product.WEIR.launch().run("""
                global
                    LINE
                frontend f
                    mode http
                    timeout client 1s
                    bind 127.0.0.1:1 ssl crt DIR/a.pem crt DIR/b.pem
                """.replace("LINE", line).replace("DIR", work.toString()), "-c");
        return run.err();
    }
}
