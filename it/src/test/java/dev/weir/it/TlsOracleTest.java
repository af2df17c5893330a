package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import dev.weir.it.rig.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS as clients see it: the same calls of openssl and curl get the same from Weir and from HAProxy. */
class TlsOracleTest {

    private static final Stage STAGE = new Stage();
    private static final Pattern PORT = Pattern.compile("@([a-z]+)");
    /** What counts of what s_client prints. */
    private static final Pattern TOLD = Pattern.compile("^(New, |Reused, |subject=|issuer=|Verification|Verify return|"
            + "Peer sign|OCSP|    (Cert Status|OCSP Response Status|Serial Number)|Server Temp|ALPN|No ALPN|Acceptable|No client cert|C ?=|O ?=|CN ?=|.*SSL alert).*");
    private static final Map<Product, Proxy> RUNNING = new EnumMap<>(Product.class);
    private static final Map<Product, Syslog> LOGS = new EnumMap<>(Product.class);

    @TempDir
    static Path certificates;

    /** A row: its name and the command. */
    record Row(String name, String command) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = TlsOracleTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : resource("tls.rows").split("\n")) {
            if (!line.startsWith("#") && !line.isBlank()) {
                int bar = line.indexOf(" | ");
                rows.add(new Row(line.substring(0, bar), line.substring(bar + 3)));
            }
        }
        return rows;
    }

    @BeforeAll
    static void start() throws Exception {
        Tools.need("openssl");
        Tools.need("curl");
        Product.HAPROXY.needs();
        Finished made = Finished.of(List.of("sh", "-c", "cd " + certificates + " && " + resource("tls.certificates.sh")));
        assertEquals(0, made.code(), made.err());
        String configuration = resource("tls.cfg").replace("CERTS", certificates.toString());
        String list = certificates + "/";
        Files.writeString(certificates.resolve("list"), Files.readString(certificates.resolve("list"))
                .replaceAll("(?m)^(a|w|both)\\.pem", Matcher.quoteReplacement(list) + "$1.pem"));
        for (Product product : Product.values()) {
            Syslog log = STAGE.add(new Syslog());
            LOGS.put(product, log);
            RUNNING.put(product, STAGE.add(product.launch().port("log", log.port()).until("redir").start(configuration)));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answersAlike(Row row) throws Exception {
        String weir = run(Product.WEIR, row.command());
        assertEquals(run(Product.HAPROXY, row.command()), weir);
        assertTrue(!weir.isBlank(), "nothing was told");
    }

    private static String run(Product product, String command) throws IOException {
        Proxy proxy = RUNNING.get(product);
        String line = PORT.matcher(command).replaceAll(m -> Integer.toString(proxy.port(m.group(1))));
        line = line.replace("{}", product.name());
        String shell = "s_client() { port=$1; shift; (sleep 0.2) | openssl s_client -connect 127.0.0.1:$port \"$@\" 2>&1; };"
                + " curl() { command curl -sk -m 5 \"$@\"; };"
                + " curlless() { (printf 'GET / HTTP/1.0\\r\\n\\r\\n'; sleep 0.4) | openssl s_client -ign_eof -connect "
                + "127.0.0.1:$1 -sess_in $2 2>&1 | grep -aE '^(Reused|New|r=)'; }; cd " + certificates + "; " + line;
        String out = Finished.of(List.of("bash", "-c", shell)).out();
        if (!command.startsWith("s_client")) {
            return out.replaceAll("127.0.0.1:\\d+", "HERE");
        }
        StringBuilder told = new StringBuilder();
        for (String each : out.split("\n")) {
            if (TOLD.matcher(each).matches()) {
                told.append(each.replaceFirst("^[0-9A-F]{16}:", "")).append('\n');
            }
        }
        return told.toString();
    }

    /** What is said of a client with which nothing can be agreed on. */
    @ParameterizedTest
    @ValueSource(strings = {"printf 'hello\\r\\n\\r\\n' | timeout 1 nc -N 127.0.0.1 @ver",
        "timeout 1 openssl s_client -connect 127.0.0.1:@ver -tls1_3 </dev/null",
        "timeout 1 openssl s_client -connect 127.0.0.1:@cli -tls1_2 </dev/null",
        "timeout 1 openssl s_client -connect 127.0.0.1:@cli -tls1_2 -cert un.pem </dev/null",
        "timeout 1 openssl s_client -connect 127.0.0.1:@list -servername none </dev/null",
        "printf '\\026\\003\\001' | timeout 1 nc -N 127.0.0.1 @ver", "timeout 1 nc -N 127.0.0.1 @ver </dev/null"})
    void logsFailuresAlike(String command) throws Exception {
        assertEquals(failure(Product.HAPROXY, command), failure(Product.WEIR, command));
    }

    private static String failure(Product product, String command) throws Exception {
        Pattern sentence = Pattern.compile(" (\\w+/\\w+): (.*)");
        run(product, command);
        Matcher found = sentence.matcher(LOGS.get(product).next(line -> sentence.matcher(line).find()));
        assertTrue(found.find());
        return found.group(1) + " " + found.group(2);
    }

    @Test
    void countsConnectionsAndLookUps() throws Exception {
        run(Product.WEIR, "s_client @sni -tls1_2 -no_ticket -reconnect");
        String info = CommandSocket.ask(RUNNING.get(Product.WEIR).directory().resolve("sock"), "show info");
        assertTrue(Pattern.compile("\nCumSslConns: [1-9]").matcher(info).find(), info);
        assertTrue(Pattern.compile("\nSslCacheLookups: [1-9]").matcher(info).find(), info);
    }

    @Test
    void replacesCertificatesAlike() throws Exception {
        assertEquals(replaced(Product.HAPROXY), replaced(Product.WEIR));
    }

    /** What is said while a certificate is replaced, and whom clients see before and after. */
    private static String replaced(Product product) throws Exception {
        String dir = certificates + "/";
        StringBuilder said = new StringBuilder();
        try (Proxy proxy = product.launch().until("front").start("""
                global
                    stats socket {dir}/sock level admin
                defaults
                    mode http
                    timeout client 3s
                    timeout server 3s
                    timeout connect 3s
                frontend f
                    bind 127.0.0.1:{port:front} ssl crt CERTS/def.pem crt CERTS/staple.pem
                    http-request return status 200 content-type text/plain lf-string "%[ssl_f_s_dn]\\n"
                """.replace("CERTS", certificates.toString()))) {
            Path socket = proxy.directory().resolve("sock");
            String payload = " <<\n" + Files.readString(certificates.resolve("a.pem"));
            for (String command : List.of("show ssl cert", "show ssl cert DIRstaple.pem", "show ssl cert nope",
                    "commit ssl cert DIRdef.pem", "abort ssl cert DIRdef.pem", "set ssl cert nope" + payload, "curl",
                    "set ssl cert DIRdef.pem" + payload, "show ssl cert", "show ssl cert *DIRdef.pem",
                    "set ssl cert DIRdef.pem" + payload, "abort ssl cert DIRdef.pem", "show ssl cert",
                    "set ssl cert DIRdef.pem" + payload, "curl", "commit ssl cert DIRdef.pem", "curl",
                    "set ssl cert DIRdef.pem <<\ngarbage\n", "set ssl cert DIRdef.pem", "commit ssl cert")) {
                String answer = command.equals("curl") ? Finished.of(List.of("curl", "-sk", "https://127.0.0.1:"
                        + proxy.port("front") + "/")).out() : CommandSocket.ask(socket, command.replace("DIR", dir));
                said.append("> ").append(command, 0, Math.min(30, command.length())).append('\n').append(answer);
            }
        }
        return said.toString();
    }

    /** Words of bind lines, and what is said of them. */
    @ParameterizedTest
    @ValueSource(strings = {"ssl", "ssl crt /nope", "ssl crt bad.pem", "ssl crt nokey.pem", "ssl crt empty", "ssl crt mix.pem",
        "ssl crt def.pem ca-file /nope", "ssl crt def.pem ca-file bad.pem", "ssl crt def.pem crl-file /nope",
        "ssl crt def.pem verify required", "ssl crt def.pem ciphers FOO", "ssl crt def.pem ciphersuites FOO",
        "ssl crt def.pem curves foo", "ssl crt def.pem ecdhe foo", "ssl crt-list /nope", "ssl crt-list list.foo",
        "ssl crt-list list.nope", "ssl crt def.pem tls-ticket-keys /nope", "ssl crt def.pem tls-ticket-keys bad.pem",
        "ssl crt def.pem ssl-min-ver TLSv1.3 ssl-max-ver TLSv1.2", "ssl crt def.pem crt-ignore-err foo",
        "ssl strict-sni", "ssl crt def.pem ca-file empty", "crt /nope", "ssl crt dir crt bad.pem"})
    void saysAlikeWhatIsWrong(String words) throws Exception {
        assertEquals(said(Product.HAPROXY, words), said(Product.WEIR, words));
    }

    private static String said(Product product, String words) throws Exception {
        String file = "defaults\n mode http\n timeout client 1s\n timeout server 1s\n timeout connect 1s\nfrontend f\n"
                + " bind 127.0.0.1:1 " + words + "\n";
        Path path = certificates.resolve("wrong.cfg");
        Files.writeString(path, file);
        List<String> command = new ArrayList<>(product.command());
        command.addAll(List.of("-c", "-f", "wrong.cfg", "-C", certificates.toString()));
        StringBuilder told = new StringBuilder();
        for (String line : Finished.of(command).err().split("\n")) {
            if (line.matches("\\[(ALERT|WARNING)\\].*") && !line.contains("rror(s) found")
                    && !line.contains("Fatal errors found")) {
                told.append(line.replaceFirst("\\(\\d+\\)", "").replaceAll(" +", " ")).append('\n');
            }
        }
        return told.toString();
    }
}
