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
    @CsvSource({"WEIR, '', '', closed", "HAPROXY, '', '', closed", "WEIR, '', option idle-close-on-response, open",
        "HAPROXY, '', option idle-close-on-response, open", "WEIR, close-spread-time 300ms, '', closed",
        "HAPROXY, close-spread-time 300ms, '', closed", "WEIR, close-spread-time infinite, '', open",
        "HAPROXY, close-spread-time infinite, '', open", "WEIR followed, '', '', open",
        "WEIR followed, close-spread-time 300ms, '', closed"})
    void idleClientsAreClosedUnlessToldOtherwise(String who, String global, String option, String expected)
            throws Exception {
        Product product = Product.valueOf(who.split(" ")[0]).needs(Part.START);
        Proxy proxy = stage.add(product.launch().start("""
                global
                    GLOBAL
                defaults
                    mode http
                    timeout client 20s
                    timeout connect 5s
                    timeout server 5s
                frontend f
                    bind 127.0.0.1:{port:f}
                    OPTION
                    http-request return status 200
                """.replace("OPTION", option).replace("GLOBAL", global)));
        try (Client client = proxy.connect("f")) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            for (StringBuilder head = new StringBuilder(); head.indexOf("\r\n\r\n") < 0; ) {
                String next = client.read(1);
                assertNotEquals("", next);
                head.append(next);
            }
            if (who.endsWith("followed")) {
                // as a process says that takes the place of this one
                proxy.signal("URG");
                Thread.sleep(20);
            }
            proxy.signal("USR1");
            assertEquals(expected, state(client));
        }
    }

    private static String state(Client client) throws Exception {
        client.socket().setSoTimeout(600);
        try {
            return client.socket().getInputStream().read() < 0 ? "closed" : "answered";
        } catch (SocketTimeoutException open) {
            return "open";
        }
    }
}
