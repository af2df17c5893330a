package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of clients that wait between two requests when the process is asked to stop. */
class SoftStopTest {

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    @ParameterizedTest
    @CsvSource({"WEIR, closed", "HAPROXY, closed", "WEIR idle-close-on-response, open",
        "HAPROXY idle-close-on-response, open"})
    void idleClientsAreClosedUnlessToldOtherwise(String row, String expected) throws Exception {
        String[] words = row.split(" ");
        Product product = Product.valueOf(words[0]).needs(Part.START);
        Proxy proxy = stage.add(product.launch().start("""
                defaults
                    mode http
                    timeout client 20s
                    timeout connect 5s
                    timeout server 5s
                frontend f
                    bind 127.0.0.1:{port:f}
                    OPTION
                    http-request return status 200
                """.replace("OPTION", words.length > 1 ? "option " + words[1] : "")));
        try (Client client = proxy.connect("f")) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            for (StringBuilder head = new StringBuilder(); head.indexOf("\r\n\r\n") < 0; ) {
                String next = client.read(1);
                assertNotEquals("", next);
                head.append(next);
            }
            proxy.signal("USR1");
            assertEquals(expected, state(client));
        }
    }

    private static String state(Client client) throws Exception {
        client.socket().setSoTimeout(1500);
        try {
            return client.socket().getInputStream().read() < 0 ? "closed" : "answered";
        } catch (SocketTimeoutException open) {
            return "open";
        }
    }
}
