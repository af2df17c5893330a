package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Certificates, authorities, lists and ticket keys while running: the same commands are answered alike by Weir and by
 * HAProxy. Left out is what the manual says otherwise, and options with a value in a crt-list, which 2.6 prints with a
 * zero byte.
 */
class TlsStoreTest {

    private static final Pattern CONTENT = Pattern.compile("\\{([a-z.]+)}");

    @TempDir
    Path work;

    @BeforeEach
    void files() throws Exception {
        Tools.need("openssl");
        Finished made = Finished.of(List.of("sh", "-c", "cd " + work + """

                for n in a b cl ca; do
                    openssl req -x509 -newkey rsa:2048 -nodes -keyout $n.k -out $n.c -days 30 -subj /CN=$n.test
                    cat $n.c $n.k > $n.pem
                done
                printf '[ca]\\ndefault_ca=d\\n[d]\\ndatabase=i\\ndefault_md=sha256\\ndefault_crl_days=30\\n' > cnf
                : > i
                openssl ca -config cnf -gencrl -keyfile ca.k -cert ca.c -out crl.pem
                printf '%s\\n' $PWD/a.pem' a.test *.x.test !y.x.test' $PWD/b.pem '' '# c' $PWD/b.pem' b2.test' > list
                for i in 1 2 3; do openssl rand -base64 80 | tr -d '\\n'; echo; done > keys
                """));
        assertEquals(0, made.code(), made.err());
    }

    private Proxy start(Product product) throws IOException {
        return product.launch().start("""
                global
                    stats socket {dir}/sock level admin
                defaults
                    mode http
                    timeout client 3s
                    timeout server 3s
                    timeout connect 3s
                frontend f
                    bind 127.0.0.1:{port:one} ssl crt-list DIRlist ca-file DIRca.c verify optional crl-file DIRcrl.pem
                    bind 127.0.0.1:{port:two} ssl crt DIRa.pem tls-ticket-keys DIRkeys
                    default_backend b
                backend b
                    server s 127.0.0.1:1 ssl crt DIRcl.pem ca-file DIRca.c
                """.replace("DIR", work + "/"));
    }

    private String said(Product product) throws IOException {
        String all;
        try (InputStream in = TlsStoreTest.class.getResourceAsStream("tls.commands")) {
            all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        StringBuilder said = new StringBuilder();
        try (Proxy proxy = start(product)) {
            for (String command : all.split("\n---\n")) {
                String line = content(command.strip().replace("DIR", work + "/"));
                said.append("> ").append(command.strip()).append('\n').append(CommandSocket.ask(
                        proxy.directory().resolve("sock"), line.contains("<<") ? line + "\n" : line));
            }
        }
        return said.toString();
    }

    private String content(String command) throws IOException {
        Matcher named = CONTENT.matcher(command);
        StringBuilder out = new StringBuilder();
        while (named.find()) {
            named.appendReplacement(out, Matcher.quoteReplacement(Files.readString(work.resolve(named.group(1))).strip()));
        }
        return named.appendTail(out).toString();
    }

    @Test
    void answersAlike() throws Exception {
        Product.HAPROXY.needs();
        assertEquals(said(Product.HAPROXY), said(Product.WEIR));
    }

    @Test
    void dumpsWhatCanBeReadAgain() throws Exception {
        try (Proxy proxy = start(Product.WEIR)) {
            Path socket = proxy.directory().resolve("sock");
            Files.writeString(work.resolve("dump"), CommandSocket.ask(socket, "dump ssl cert " + work.resolve("a.pem")));
            Finished same = Finished.of(List.of("sh", "-c", "cd " + work + "; openssl x509 -in a.c -outform der -out a.der; openssl x509 -in dump -outform der | cmp - "
                    + "a.der; openssl pkey -in dump -outform der > d.key; openssl pkey -in a.k -outform der | cmp - d.key"));
            assertTrue(same.out().isEmpty(), same.out());
            String names = CommandSocket.ask(socket, "show ssl sni");
            assertTrue(names.startsWith("# Frontend/Bind\tSNI\tNegative Filter\tType\tFilename\tNotAfter\tNotBefore\n"), names);
            assertTrue(names.contains("\t*.x.test\t!y.x.test\trsa\t" + work.resolve("a.pem") + "\t"), names);
            assertEquals(1, CommandSocket.ask(socket, "show ssl sni -A").strip().lines().count());
            assertTrue(CommandSocket.ask(socket, "show ssl sni -A -t 31d").lines().count() > 5);
        }
    }

    private static String judged(Proxy proxy, String token) throws IOException {
        try (Client client = proxy.connect("clear")) {
            String answer = client.send("GET / HTTP/1.0\r\ntoken: " + token + "\r\n\r\n").readAll();
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    /** Which certificates may judge tokens; HAProxy 2.6 does not know of it. */
    @Test
    void listsWhatTokensMayUse() throws Exception {
        try (Proxy proxy = Product.WEIR.start("""
                global
                    stats socket {dir}/sock level admin
                crt-store
                    load crt DIRa.pem jwt on
                    load crt DIRb.pem
                frontend f
                    mode http
                    timeout client 3s
                    bind 127.0.0.1:{port:one} ssl crt DIRcl.pem
                    bind 127.0.0.1:{port:clear}
                    http-request return status 200 content-type text/plain lf-string "%[req.hdr(token),jwt_verify_cert(RS256,\\"DIRb.pem\\")]"
                """.replace("DIR", work + "/"))) {
            Path socket = proxy.directory().resolve("sock");
            String a = work.resolve("a.pem").toString();
            String b = work.resolve("b.pem").toString();
            assertEquals("#filename\n" + a + "\n\n", CommandSocket.ask(socket, "show ssl jwt"));
            String token = Finished.of(List.of("sh", "-c", "cd " + work + "; t=eyJhbGciOiJSUzI1NiJ9.e30; s=$(printf %s $t | openssl dgst "
                    + "-sha256 -sign b.k | openssl base64 -A | tr '+/' '-_' | tr -d =); printf %s $t.$s")).out();
            assertNotEquals("1", judged(proxy, token));
            CommandSocket.ask(socket, "add ssl jwt " + b);
            assertEquals("1", judged(proxy, token));
            assertEquals("#filename\n" + a + "\n" + b + "\n\n", CommandSocket.ask(socket, "show ssl jwt"));
            assertTrue(CommandSocket.ask(socket, "show ssl cert " + b).contains("\nStatus: Used for JWT verification\n"));
            assertTrue(CommandSocket.ask(socket, "del ssl cert " + b).contains("certificate '" + b
                    + "' in use for JWT validation, can't be deleted!"));
            CommandSocket.ask(socket, "del ssl jwt " + a);
            assertEquals("#filename\n" + b + "\n\n", CommandSocket.ask(socket, "show ssl jwt"));
            assertEquals("certificate 'c' doesn't exist!\n\n", CommandSocket.ask(socket, "add ssl jwt c"));
        }
    }
}
