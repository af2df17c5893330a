package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code show servers state} written to a file and read at the next start. */
class ServerStateFileTest {

    private static final String FILE = """
            global
                server-state-file global.state
                server-state-base {dir}
                stats socket {dir}/s level admin
            defaults
                mode http
                timeout client 3s
                timeout server 3s
                timeout connect 3s
                load-server-state-from-file global
            listen b
                bind 127.0.0.1:{port:a}
                server s1 127.0.0.1:1 weight 10
                server s2 127.0.0.1:2 weight 10 disabled
                server s3 127.0.0.1:3 weight 10
                server s4 127.0.0.1:4 weight 10
            backend c
                load-server-state-from-file local
                server s1 127.0.0.1:1
            backend n
                load-server-state-from-file none
                server s1 127.0.0.1:1
            """;
    private static final List<String> COMMANDS = List.of("set weight b/s1 3", "set server b/s1 state drain",
            "enable server b/s2", "disable server b/s3", "set server b/s1 addr 127.0.0.1 port 99", "set weight b/s4 7",
            "disable server c/s1", "disable server n/s1");

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private static String ask(Proxy proxy, String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("s"), line);
    }

    /** Address, operational and administrative state, weights and port of each. */
    private static String states(Proxy proxy) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line : ask(proxy, "show servers state").split("\n")) {
            String[] fields = line.split(" ");
            if (fields.length > 18 && !line.startsWith("#")) {
                all.append(fields[1]).append('/').append(fields[3]).append(' ').append(fields[4]).append(':')
                        .append(fields[18]);
                for (int i = 5; i < 9; i++) {
                    all.append(' ').append(fields[i]);
                }
                all.append('\n');
            }
        }
        return all.toString();
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void comesBackAsItWas(Product product) throws Exception {
        Launch launch = product.launch();
        Proxy first = stage.add(launch.start(FILE));
        assertTrue(first.err().contains("config : config: Can't open global server state file"), first.err());
        assertTrue(first.err().contains("config : Proxy 'c': Can't open server state file"), first.err());
        for (String command : COMMANDS) {
            ask(first, command);
        }
        Path directory = first.directory();
        Files.writeString(directory.resolve("global.state"), ask(first, "show servers state"));
        Files.writeString(directory.resolve("c"), ask(first, "show servers state c"));
        first.signal("TERM");
        first.awaitExit();
        Proxy second = launch.start(FILE.replace("4 weight 10", "4 weight 20"));
        assertEquals("""
                b/s1 127.0.0.1:99 2 8 3 10
                b/s2 127.0.0.1:2 2 4 10 10
                b/s3 127.0.0.1:3 0 1 10 10
                b/s4 127.0.0.1:4 2 0 20 20
                c/s1 127.0.0.1:1 0 1 1 1
                n/s1 127.0.0.1:1 2 0 1 1
                """, states(second));
        second.signal("TERM");
        second.awaitExit();
        Files.writeString(directory.resolve("global.state"), "2\nnonsense\n");
        Proxy third = launch.start(FILE);
        assertTrue(third.err().contains("config : config: Can't get version of the global server state file"), third.err());
        assertTrue(states(third).startsWith("b/s1 127.0.0.1:1 2 0 10 10\nb/s2 127.0.0.1:2 0 5 10 10\n"), states(third));
        third.signal("TERM");
        third.awaitExit();
    }
}
