package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What only root may do with networks: namespaces, signed connections, addresses of others. */
class NamespaceTest {

    private static final String DEFAULTS = """
            defaults
                mode tcp
                timeout connect 1s
                timeout client 5s
                timeout server 5s
                retries 0
            """;

    /** A namespace in which only the loopback interface is up. */
    private record Namespace(String name) implements AutoCloseable {

        static Namespace make() throws IOException {
            Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root makes namespaces");
            Namespace made = new Namespace("weir-it-" + ProcessHandle.current().pid());
            Finished run = Finished.of(List.of(Tools.need("ip"), "netns", "add", made.name));
            Assumptions.assumeTrue(run.code() == 0, run.err());
            run(made, "link", "set", "lo", "up");
            return made;
        }

        static void run(Namespace in, String... words) throws IOException {
            List<String> command = new java.util.ArrayList<>(List.of(Tools.need("ip"), "-n", in.name));
            command.addAll(List.of(words));
            Finished run = Finished.of(command);
            assertEquals(0, run.code(), run.err());
        }

        @Override
        public void close() throws IOException {
            Finished.of(List.of(Tools.need("ip"), "netns", "del", name));
        }
    }

    /** A listener inside is reached by a server line that goes inside, and by nobody outside. */
    @ParameterizedTest
    @CsvSource({"WEIR, ''", "WEIR, global| user nobody|", "HAPROXY, ''"})
    void listensAndConnectsInside(Product product, String global) throws Exception {
        product.needs(Part.START);
        Stage stage = new Stage();
        try {
            Namespace inside = stage.add(Namespace.make());
            int echo = stage.add(Origin.echo()).port();
            Proxy proxy = stage.add(product.launch().port("echo", echo).until("enter").start(global.replace('|', '\n') + DEFAULTS + """
                    listen inside
                        bind 127.0.0.1:{port:inside} namespace %1$s
                        server s 127.0.0.1:{port:echo}
                    listen enter
                        bind 127.0.0.1:{port:enter}
                        server s 127.0.0.1:{port:inside} namespace %1$s
                    listen outside
                        bind 127.0.0.1:{port:outside}
                        server s 127.0.0.1:{port:inside}
                    """.formatted(inside.name)));
            try (Client client = proxy.connect("enter")) {
                assertEquals("hello", client.send("hello").endOutput().readAll());
            }
            Assertions.assertThrows(ConnectException.class, () -> proxy.connect("inside"));
            try (Client client = proxy.connect("outside")) {
                assertEquals("end", client.next(3000));
            }
        } finally {
            stage.clear();
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void refusesAnUnknownNamespace(Product product) throws Exception {
        Finished run = product.needs().launch().run(DEFAULTS + """
                listen a
                    bind 127.0.0.1:{port:a} namespace weir-none
                    server s 127.0.0.1:1 namespace weir-none
                """, "-c");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("Cannot open namespace 'weir-none'."), run.err());
        assertTrue(run.err().contains("'server a/s' : Cannot open namespace 'weir-none'."), run.err());
    }

    /** Who signs with the same password comes through; who signs with another or not at all is not even heard. */
    @Test
    void signsSegments() throws Exception {
        Stage stage = new Stage();
        try {
            int echo = stage.add(Origin.echo()).port();
            Proxy proxy = stage.add(Product.WEIR.launch().port("echo", echo).until("same").start(DEFAULTS + """
                    listen signed
                        bind 127.0.0.1:{port:signed} tcp-md5sig secret
                        bind ipv6@::1:{port:signed6} tcp-md5sig secret
                        server s 127.0.0.1:{port:echo}
                    listen same
                        bind 127.0.0.1:{port:same}
                        server s 127.0.0.1:{port:signed} tcp-md5sig secret
                    listen same6
                        bind 127.0.0.1:{port:same6}
                        server s [::1]:{port:signed6} tcp-md5sig secret
                    listen other
                        bind 127.0.0.1:{port:other}
                        server s 127.0.0.1:{port:signed} tcp-md5sig wrong
                    listen none
                        bind 127.0.0.1:{port:none}
                        server s 127.0.0.1:{port:signed}
                    """));
            Assumptions.assumeFalse(proxy.err().contains("MD5"), "the kernel does not sign");
            for (String port : List.of("same", "same6")) {
                try (Client client = proxy.connect(port)) {
                    assertEquals("hello", client.send("hello").endOutput().readAll(), port);
                }
            }
            for (String port : List.of("other", "none")) {
                try (Client client = proxy.connect(port)) {
                    assertEquals("end", client.next(4000), port);
                }
            }
        } finally {
            stage.clear();
        }
    }

    /** A server in another namespace sees the client's own address and port, which are not ours there. */
    @ParameterizedTest
    @CsvSource({"WEIR, ''", "WEIR, global| user nobody|", "HAPROXY, ''"})
    void borrowsTheClientsAddressAndPort(Product product, String global) throws Exception {
        product.needs(Part.START);
        Stage stage = new Stage();
        try {
            Namespace inside = stage.add(Namespace.make());
            Proxy proxy = stage.add(product.launch().until("client").start(global.replace('|', '\n') + DEFAULTS + """
                    listen inside
                        mode http
                        bind 127.0.0.1:{port:inside} namespace %1$s
                        monitor-uri /
                    listen client
                        bind 127.0.0.1:{port:client}
                        server s 127.0.0.1:{port:inside} namespace %1$s source 0.0.0.0 usesrc client
                    """.formatted(inside.name)));
            try (Client client = proxy.connect("client")) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").read(1);
                int port = client.socket().getLocalPort();
                Finished seen = Finished.of(List.of("ip", "netns", "exec", inside.name, Tools.need("ss"), "-Htn",
                        "dport", "=", ":" + port));
                assertTrue(seen.out().contains("127.0.0.1:" + port), seen.out());
            }
        } finally {
            stage.clear();
        }
    }
}
