package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backends that are not published are passed over by the rules of others, at once, unless a rule forces them. */
class PublishTest {

    private static final String FILE = """
            global
                stats socket {dir}/s.sock level admin
            defaults
                mode http
                timeout connect 2s
                timeout client 2s
                timeout server 2s
            frontend fe
                bind 127.0.0.1:{port:fe}
                force-be-switch if { hdr(x-force) 1 }
                use_backend a if { path_beg /a }
                use_backend %[path,field(2,/)] if { path_beg /c }
                default_backend b
            backend a
                be-unpublished
                http-request return status 200 content-type text/plain string "a"
            backend b
                http-request return status 200 content-type text/plain string "b"
            backend c
                http-request return status 200 content-type text/plain string "c"
            backend off
                disabled
            listen own
                bind 127.0.0.1:{port:own}
                http-request return status 200 content-type text/plain string "own"
            """;

    private static final Stage STAGE = new Stage();
    private static Proxy weir;

    @BeforeAll
    static void start() throws IOException {
        weir = STAGE.add(Product.WEIR.start(FILE));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static String get(String port, String path, boolean forced) throws IOException {
        try (var client = weir.connect(port)) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + (forced ? "x-force: 1\r\n" : "")
                    + "\r\n");
            String answer = client.readAll();
            return answer.startsWith("HTTP/1.1 200") ? answer.substring(answer.indexOf("\r\n\r\n") + 4)
                    : answer.substring(9, 12);
        }
    }

    /** One conversation: what the command says, then where the three paths lead, and the first when forced. */
    @ParameterizedTest
    @CsvSource({
        "show version, '', b c b a own",
        "publish backend a, Backend published., a c b a own",
        "unpublish backend c, Backend unpublished., a b b a own",
        "unpublish backend b, Backend unpublished., a 503 503 a own",
        "unpublish backend own, Backend unpublished., a 503 503 a own",
        "publish backend b, Backend published., a b b a own",
        "publish backend off, No effect on a disabled backend., a b b a own",
        "unpublish backend nosuch, No such backend., a b b a own",
        "operator;publish backend c, Permission denied, a b b a own",
        "publish backend c, Backend published., a c b a own"})
    void rulesPassOver(String command, String said, String leads) throws IOException {
        String answer = CommandSocket.ask(weir.directory().resolve("s.sock"), command).strip();
        assertEquals(true, answer.contains(said), answer);
        assertEquals(leads, get("fe", "/a", false) + " " + get("fe", "/c", false) + " " + get("fe", "/x", false) + " "
                + get("fe", "/a", true) + " " + get("own", "/", false));
    }
}
