package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What 200 reloads cost, each of which leaves one more session behind that keeps its generation alive. Warm-up is left
 * out: until then the virtual machine compiles what it runs, and touches its first heap for the first time.
 */
class ReloadMemoryTest {

    private static final String FILE = """
            global
                stats socket {dir}/s level admin
                nbthread 2
            defaults
                timeout connect 2s
                timeout client 60s
                timeout server 60s
            frontend http
                mode http
                bind 127.0.0.1:{port:http}
                acl local src 127.0.0.0/8
                http-request set-header x-from %[src] if local
                http-request return status 200
            listen tcp
                mode tcp
                bind 127.0.0.1:{port:tcp}
                server s 127.0.0.1:{port:echo}
            """;

    private static final int WARM = 50;
    private static final int RELOADS = 200;
    /** What one more session may take together with the generation that it keeps. */
    private static final int SESSION_KB = 32;

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    /** @param pinned how many of the generations keep a session each */
    @ParameterizedTest
    @ValueSource(ints = {1, WARM + RELOADS})
    void growsByLessThanFivePercent(int pinned) throws Exception {
        Launch launch = Product.WEIR.launch().settlingSoon().port("echo", stage.add(Origin.echo()).port());
        Proxy proxy = stage.add(launch.start(FILE, "-W", "-S", launch.directory().resolve("m").toString()));
        List<Client> sessions = new ArrayList<>();
        long warmKb = 0;
        for (int i = 0; i < WARM + RELOADS; i++) {
            if (sessions.size() < pinned) {
                sessions.add(stage.add(proxy.connect("tcp")));
            }
            String answer = CommandSocket.ask(launch.directory().resolve("m"), "reload");
            assertTrue(answer.startsWith("Success=1\n"), answer);
            warmKb = i == WARM ? proxy.settledKb() : warmKb;
        }
        for (Client each : sessions) {
            assertEquals("x", each.send("x").read(1));
        }
        long endKb = proxy.settledKb();
        long sessionsKb = pinned == 1 ? 0 : (long) RELOADS * SESSION_KB;
        assertTrue(endKb < warmKb * 105 / 100 + sessionsKb, warmKb + " kB became " + endKb);
    }
}
