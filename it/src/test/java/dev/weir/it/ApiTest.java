package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.HttpOrigin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP API: who may use it, what it answers, what the log says of it. */
class ApiTest {

    private static final String FILE = """
            global
                stats socket {dir}/s.sock level admin
                weir.api-token reader user read-read-read-read
                weir.api-token ops admin opsopsopsopsopsops
            defaults
                mode http
                timeout connect 2s
                timeout client 10s
                timeout server 10s
                balance roundrobin
            frontend fe
                bind 127.0.0.1:{port:fe}
                http-request set-header x %[path,map({dir}/m.map,none)]
                default_backend be
            frontend api
                bind 127.0.0.1:{port:api}
                log 127.0.0.1:{port:log} local0
                http-request use-service weir-api
            backend be
                server s1 127.0.0.1:{port:s1} check inter 200ms
                server s2 127.0.0.1:{port:s2} check inter 200ms disabled
            backend seen
                stick-table type string size 100 expire 1h store gpc0,gpt0
            """;

    private static final String ADMIN = "opsopsopsopsopsops";
    private static final String READER = "read-read-read-read";
    private static final Stage STAGE = new Stage();
    private static Syslog log;
    private static Proxy weir;

    @BeforeAll
    static void start() throws IOException {
        log = STAGE.add(new Syslog());
        var launch = Product.WEIR.launch().port("log", log.port()).port("s1", STAGE.add(new HttpOrigin("one")).port())
                .port("s2", STAGE.add(new HttpOrigin("two")).port());
        java.nio.file.Files.writeString(launch.directory().resolve("m.map"), "/a 1\n");
        weir = STAGE.add(launch.start(FILE));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    /** Status and body of one request. */
    private static String[] call(String token, String method, String path, String body) throws IOException {
        try (Client client = weir.connect("api")) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            client.send(method + " /api/v1" + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    + (token == null ? "" : "Authorization: Bearer " + token + "\r\n") + "Content-Length: " + bytes.length
                    + "\r\n\r\n");
            client.send(bytes);
            String answer = client.readAll();
            assertTrue(answer.contains("content-type: application/json\r\n"), answer);
            return new String[] {answer.substring(9, 12), answer.substring(answer.indexOf("\r\n\r\n") + 4)};
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "- | GET | /openapi.json | '' | 200 | \"openapi\": \"3.1.0\"",
        "- | GET | /info | '' | 401 | {\"error\":\"A token is needed",
        "wrong-wrong-wrong | GET | /info | '' | 401 | {\"error\":\"A token is needed",
        "A | GET | /info | '' | 200 | {\"Name\":\"HAProxy\",\"Version\":",
        "R | GET | /info | '' | 200 | \"Nbthread\":",
        "A | GET | /stats | '' | 200 | {\"pxname\":\"be\",\"svname\":\"s1\",\"qcur\":0,",
        "A | GET | /servers | '' | 200 | \"be_name\":\"be\",\"srv_id\":1,\"srv_name\":\"s1\",\"srv_addr\":\"127.0.0.1\"",
        "A | GET | /servers?backend=be | '' | 200 | [{\"be_id\":4",
        "A | GET | /servers?backend=nope | '' | 404 | {\"error\":\"Can't find backend.\"}",
        "A | POST | /info | '' | 405 | {\"error\":\"Only GET.\"}",
        "A | GET | /commands | '' | 405 | {\"error\":\"Only POST.\"}",
        "A | GET | /nope | '' | 404 | {\"error\":\"There is nothing here.\"}",
        "A | GET | /../info | '' | 404 | {\"error\"",
        "A | POST | /commands | '' | 400 | {\"error\":\"The body must be a JSON object.\"}",
        "A | POST | /commands | {\"command\": | 400 | {\"error\":\"The body must be a JSON object.\"}",
        "A | POST | /commands | {\"command\":\"show version\"} x | 400 | {\"error\":\"The body must be a JSON object.\"}",
        "A | POST | /commands | {\"command\":7} | 400 | {\"error\":\"The body must have one command",
        "A | POST | /commands | {\"command\":\"show version\\nshow env\"} | 400 | {\"error\":\"The body must have one command",
        "A | POST | /commands | {\"command\":\"show version;show env\"} | 400 | {\"error\":\"The body must have one command",
        "A | POST | /commands | {\"command\":\"show version\"} | 200 | {\"command\":\"show version\",\"ok\":true,",
        "A | POST | /commands | {\"command\":\"show info json\"} | 200 | \"output\":\"\",\"value\":[{\"field\":{\"pos\":0,\"name\":\"Name\"}",
        "A | POST | /commands | {\"command\":\"get weight be/nope\"} | 422 | \"output\":\"No such server.\\n\"}",
        "A | POST | /commands | {\"command\":\"add map #0\",\"payload\":\"/b 2\\n/c 3\\n\"} | 200 | \"ok\":true",
        "A | POST | /commands | {\"command\":\"get map #0 /c\"} | 200 | value=\\\"3\\\"",
        "R | POST | /commands | {\"command\":\"disable server be/s1\"} | 403 | {\"error\":\"Permission denied\"}",
        "R | PATCH | /backends/be/servers/s1 | {\"state\":\"maint\"} | 403 | {\"error\":\"Permission denied\"}",
        "A | PATCH | /backends/be/servers/s1 | {\"weight\":7} | 200 | \"command\":\"set server be/s1 weight 7\",\"ok\":true",
        "A | PATCH | /backends/be/servers/s1 | {\"weight\":7,\"state\":\"maint\"} | 400 | {\"error\":\"The body must have one of",
        "A | PATCH | /backends/be/servers/nope | {\"state\":\"maint\"} | 422 | No such server.",
        "A | PATCH | /backends/be/servers/s1%3bshow%20env | {\"state\":\"maint\"} | 422 | No such server.",
        "A | PUT | /backends/be/servers/x | {\"address\":\"127.0.0.1:1\",\"options\":[\"weight\",5]} | 200 | New server registered.",
        "A | PUT | /backends/be/servers/x | {\"address\":\"127.0.0.1:1\"} | 422 | Already exists a server",
        "A | PUT | /backends/be/servers/y | {} | 400 | {\"error\":\"The body must be a JSON object with an address.\"}",
        "A | DELETE | /backends/be/servers/x?drain=1s | '' | 200 | Server deleted.",
        "A | DELETE | /backends/be/servers/x | '' | 422 | No such server.",
        "A | POST | /backends/be/deploy | {\"from\":[\"s1\"]} | 400 | {\"error\":\"The body must say from which",
        "A | GET | /maps | '' | 200 | m.map\",\"description\":\"pattern loaded from file",
        "A | GET | /maps/%230 | '' | 200 | \"key\":\"/a\",\"value\":\"1\"}",
        "A | GET | /maps/nope | '' | 404 | {\"error\":\"Unknown map identifier",
        "A | PUT | /maps/%230/entries/%2Fd%3Be | {\"value\":\"2;3\"} | 200 | \"ok\":true",
        "A | GET | /maps/%230 | '' | 200 | \"key\":\"/d;e\",\"value\":\"2;3\"}]",
        "A | PATCH | /maps/%230/entries/%2Fa | {\"value\":\"9\"} | 200 | \"ok\":true",
        "A | PATCH | /maps/%230/entries/%2Fnone | {\"value\":\"9\"} | 422 | entry not found.",
        "A | PATCH | /maps/%230/entries/%2Fa | {} | 400 | {\"error\":\"The body must be a JSON object with a value.",
        "A | DELETE | /maps/%230/entries/%2Fa | '' | 200 | \"ok\":true", "A | PUT | /maps | '' | 405 | {\"error\":\"Only GET.",
        "A | GET | /maps/a/b | '' | 404 | There is nothing here.", "A | GET | /acls | '' | 200 | []",
        "R | DELETE | /maps/%230 | '' | 403 | Permission denied",
        "A | GET | /tables | '' | 200 | [{\"table\":\"seen\",\"type\":\"string\",\"size\":100,\"used\":0}]",
        "A | PUT | /tables/seen/entries/a%2Fb | {\"gpc0\":5,\"gpt0\":7} | 200 | \"ok\":true",
        "A | GET | /tables/seen | '' | 200 | \"key\":\"a/b\",\"use\":0,\"exp\":",
        "A | GET | /tables/seen/entries/a%2Fb | '' | 200 | \"gpc0\":5", "A | GET | /tables/seen/entries/x | '' | 200 | []",
        "A | PUT | /tables/seen/entries/x | {\"nope\":5} | 422 | Unknown data type",
        "A | DELETE | /tables/seen/entries/a%2Fb | '' | 200 | \"ok\":true", "A | GET | /tables/seen | '' | 200 | []",
        "A | GET | /certificates | '' | 200 | []", "A | GET | /certificates/nope | '' | 404 | {\"error\":",
        "A | PUT | /certificates/x | {\"pem\":\"x\"} | 422 | \"ok\":false", "A | POST | /certificates/x/abort | '' | 422 | No ongoing",
        "A | GET | /certificates/x/abort | '' | 405 | {\"error\":\"Only POST."})
    void answers(String who, String method, String path, String body, String status, String part) throws IOException {
        String token = "A".equals(who) ? ADMIN : "R".equals(who) ? READER : who;
        String[] answer = call(token, method, path, body);
        assertEquals(status, answer[0], answer[1]);
        assertTrue(answer[1].contains(part), answer[1]);
    }

    @Test
    void deploysAndTellsTheLog() throws Exception {
        log.clear();
        String[] answer = call(ADMIN, "POST", "/backends/be/deploy",
                "{\"from\":[\"s1\"],\"to\":[\"s2\"],\"drain\":\"1s\",\"abort-if-errors-above\":\"1%\"}");
        assertEquals("200", answer[0], answer[1]);
        assertTrue(answer[1].contains("Done. s2 serve, s1 are in maintenance;"), answer[1]);
        log.next(line -> line.endsWith("API: ops (admin) asked 'deploy be from s1 to s2 drain 1s abort-if errors > 1%': done."));
        call(READER, "PATCH", "/backends/be/servers/s2", "{\"state\":\"maint\"}");
        log.next(line -> line.endsWith("API: reader (user) asked 'set server be/s2 state maint': denied."));
        call(ADMIN, "POST", "/commands", "{\"command\":\"get weight x\\u0007\"}");
        log.next(line -> line.endsWith("API: ops (admin) asked 'get weight x?': refused."));
        call(ADMIN, "POST", "/backends/be/deploy", "{\"from\":[\"s2\"],\"to\":[\"s1\"],\"drain\":\"1s\"}");
    }

    /** It is there only where a file asks for it, and its tokens cannot be guessed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "weir.api-token a admin short | expects a token of at least 16 characters.",
        "weir.api-token a boss 0123456789abcdef | expects 'user', 'operator' or 'admin' as a role (got 'boss').",
        "weir.api-token a admin | expects a name, a role"})
    void tokensAreChecked(String line, String said) throws IOException {
        Finished finished = Product.WEIR.launch().run("global\n " + line + "\n", "-c");
        assertTrue(finished.err().contains(said), finished.err());
    }
}
