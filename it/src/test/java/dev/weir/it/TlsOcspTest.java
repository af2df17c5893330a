package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import dev.weir.it.rig.Tools;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers of authorities: those in files are judged as HAProxy judges them; fresh ones are asked for, judged, stapled and
 * logged. The authority is one of the test's own, which says what the case wants.
 */
class TlsOcspTest {

    private static final Stage STAGE = new Stage();
    /** What the authority says next: status, type, file. */
    private static volatile String[] saying = {"200 OK", "application/ocsp-response", "good.ocsp"};
    private static volatile String asked = "";

    @TempDir
    static Path work;
    private static Proxy proxy;
    private static Syslog log;

    @BeforeAll
    static void start() throws Exception {
        Tools.need("openssl");
        int authority = STAGE.add(Origin.of((socket, in, out) -> {
            StringBuilder head = new StringBuilder();
            for (int c = in.read(); c >= 0 && head.indexOf("\r\n\r\n") < 0; c = in.read()) {
                head.append((char) c);
                if (head.indexOf("\r\n\r\n") >= 0) {
                    break;
                }
            }
            asked = head.toString();
            answer(out);
            socket.close();
        })).port();
        Finished made = Finished.of(List.of("sh", "-c", "cd " + work + """

                set -e
                printf '[x]\\nauthorityInfoAccess=OCSP;URI:http://127.0.0.1:%s/q\\n' PORT > cnf
                openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.k -out ca.c -days 30 -subj /O=T/CN=ca
                openssl req -x509 -newkey rsa:2048 -nodes -keyout x.k -out x.c -days 30 -subj /CN=x
                for n in a:4096 b:4097; do
                    f=${n%%:*}
                    openssl req -newkey rsa:2048 -nodes -keyout $f.k -out $f.csr -subj /CN=$f.test
                    openssl x509 -req -in $f.csr -CA ca.c -CAkey ca.k -set_serial ${n##*:} -days 20 -extfile cnf \\
                        -extensions x -out $f.c
                    cat $f.c ca.c $f.k > $f.pem
                done
                for s in 1000 1001; do
                    printf 'V\\t%s\\t\\t%s\\tunknown\\t/CN=n%s\\n' "$(date -d '+20 days' +%y%m%d%H%M%SZ)" $s $s
                done > index
                ask() { openssl ocsp -index index -CA ca.c -issuer ca.c -rsigner ca.c -rkey ca.k "$@"; }
                ask -cert a.c -respout good.ocsp -ndays 5
                ask -cert b.c -respout other.ocsp -ndays 5
                ask -cert a.c -cert b.c -respout two.ocsp -ndays 5
                ask -cert a.c -respout nonext.ocsp
                openssl ocsp -index index -CA ca.c -issuer ca.c -rsigner x.c -rkey x.k -cert a.c -respout forged.ocsp -ndays 5
                echo garbage > bad.ocsp
                : > empty.ocsp
                cat a.c a.k > lone.pem
                printf "$PWD/a.pem [ocsp-update on] a.test\\n" > list
                printf "$PWD/b.pem [ocsp-update off] b.test\\n" > other.list
                """.replace("PORT", Integer.toString(authority))));
        assertEquals(0, made.code(), made.err());
        log = STAGE.add(new Syslog());
        proxy = STAGE.add(Product.WEIR.launch().port("log", log.port()).start("""
                global
                    stats socket {dir}/sock level admin
                    log 127.0.0.1:{port:log} local0
                defaults
                    mode http
                    timeout client 3s
                frontend f
                    bind 127.0.0.1:{port:tls} ssl crt-list DIR/list
                    http-request return status 200
                """.replace("DIR", work.toString())));
        Wait.until(5, () -> "never asked: " + asked + updates(), () -> ask("show ssl ocsp-updates").contains("| 1 | 0 | 1 | Update successful"));
    }

    private static void answer(OutputStream out) throws IOException {
        byte[] body = Files.readAllBytes(work.resolve(saying[2]));
        out.write(("HTTP/1.1 " + saying[0] + "\r\ncontent-type: " + saying[1] + "\r\ncontent-length: " + body.length
                + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static String updates() {
        try {
            return ask("show ssl ocsp-updates");
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String ask(String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("sock"), line);
    }

    /** The first question is asked at once, and its answer shown to clients. */
    @Test
    void staplesWhatItIsTold() throws IOException {
        assertTrue(asked.startsWith("GET /q/") && asked.contains("\r\nhost: 127.0.0.1:"), asked);
        String seen = Finished.of(List.of("sh", "-c", "sleep 0.2 | openssl s_client -connect 127.0.0.1:" + proxy.port("tls")
                + " -servername a.test -status")).out();
        assertTrue(seen.contains("Cert Status: good"), seen);
        String updates = ask("show ssl ocsp-updates");
        assertTrue(updates.startsWith("OCSP Certid | Path | Next Update | Last Update | Successes | Failures | Last Update "
                + "Status | Last Update Status (str)\n3"), updates);
        assertTrue(updates.contains("1000 | " + work + "/a.pem | "), updates);
    }

    @ParameterizedTest
    @CsvSource({"404 Not Found, text/plain, bad.ocsp, 2, HTTP error",
        "200 OK, text/plain, good.ocsp, 3, \"Missing \"\"ocsp-response\"\" header\"",
        "200 OK, application/ocsp-response, bad.ocsp, 4, OCSP response check failure",
        "200 OK, application/ocsp-response, forged.ocsp, 4, OCSP response check failure",
        "200 OK, application/ocsp-response, other.ocsp, 4, OCSP response check failure",
        "200 OK, application/ocsp-response, nonext.ocsp, 4, OCSP response check failure"})
    void saysWhatWentWrong(String status, String type, String file, int number, String text) throws Exception {
        saying = new String[] {status, type, file};
        String path = work + "/a.pem";
        String words = text.startsWith("\"") ? "Missing \"ocsp-response\" header" : text;
        assertEquals("OCSP update failed.\n\n", ask("update ssl ocsp-response " + path));
        assertTrue(ask("show ssl ocsp-updates").trim().endsWith("| " + number + " | " + words));
        log.next(line -> line.contains("<OCSP-UPDATE> " + path + " " + number + " \"" + words + "\" "));
        saying = new String[] {"200 OK", "application/ocsp-response", "good.ocsp"};
        String told = ask("update ssl ocsp-response " + path);
        assertTrue(told.startsWith("OCSP Response Data:\n    OCSP Response Status: successful (0x0)\n"), told);
        log.next(line -> line.contains("<OCSP-UPDATE> " + path + " 1 \"Update successful\" "));
    }

    @Test
    void asksNobodyForWhatIsUnknown() throws IOException {
        assertEquals("Can't send ocsp request for nobody!\n\n", ask("update ssl ocsp-response nobody"));
    }

    /** Of answers in files the same are refused, with the same words. */
    @ParameterizedTest
    @ValueSource(strings = {"good", "other", "two", "nonext", "bad", "empty", "forged"})
    void judgesFilesAlike(String answer) throws IOException {
        Files.copy(work.resolve("a.pem"), work.resolve(answer + ".pem"));
        Files.copy(work.resolve(answer + ".ocsp"), work.resolve(answer + ".pem.ocsp"));
        assertEquals(check(Product.HAPROXY.needs(), answer), check(Product.WEIR, answer));
    }

    @Test
    void needsTheIssuer() throws IOException {
        Files.copy(work.resolve("good.ocsp"), work.resolve("lone.pem.ocsp"));
        assertEquals(check(Product.HAPROXY.needs(), "lone"), check(Product.WEIR, "lone"));
    }

    private static String check(Product product, String name) throws IOException {
        Finished checked = product.launch().run("frontend f\n mode http\n timeout client 1s\n bind 127.0.0.1:{port:f} ssl crt "
                + work + "/" + name + ".pem\n", "-c");
        StringBuilder told = new StringBuilder().append(checked.code());
        checked.err().lines().filter(line -> line.contains("OCSP"))
                .forEach(line -> told.append('\n').append(line.replaceAll("\\(\\d+\\)|\\[[^ ]*cfg:|:\\d+'", "")));
        return told.toString();
    }

    @Test
    void linesHaveToAgree() throws IOException {
        Finished checked = Product.WEIR.launch().run("""
                crt-store
                    load crt DIR/b.pem ocsp-update on
                frontend f
                    mode http
                    timeout client 1s
                    bind 127.0.0.1:{port:f} ssl crt-list DIR/other.list
                """.replace("DIR", work.toString()), "-c");
        assertEquals(1, checked.code());
        assertTrue(checked.err().contains("'" + work + "/b.pem' in crt-list '" + work + "/other.list' line 1, is already defined "
                + "with incompatible parameters:\n - different parameter 'ocsp-update' : previously 'on' vs 'off' (at ["),
                checked.err());
    }
}
