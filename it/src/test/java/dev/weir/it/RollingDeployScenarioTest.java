package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.HttpLoad;
import dev.weir.it.rig.HttpOrigin;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scenario 5: the servers of a service are replaced while five clients go on asking, and nobody notices. */
class RollingDeployScenarioTest {

    private final Stage stage = new Stage();
    private final HttpOrigin[] api = new HttpOrigin[6];
    private Syslog syslog;
    private Proxy weir;

    @BeforeEach
    void start() throws Exception {
        syslog = stage.add(new Syslog());
        Launch launch = Product.WEIR.launch();
        for (int i = 0; i < api.length; i++) {
            api[i] = stage.add(new HttpOrigin("api" + i));
            launch.port("api" + i, api[i].port());
        }
        byte[] file = RollingDeployScenarioTest.class.getResourceAsStream("/scenarios/rolling-deploy.cfg").readAllBytes();
        weir = stage.add(launch.start(new String(file, StandardCharsets.UTF_8).replace("{log}",
                "127.0.0.1:" + syslog.port())));
        Wait.until(5, () -> "the first three are not up", () -> states().startsWith("2 0|2 0|2 0|"));
    }

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private String ask(String line) throws IOException {
        return CommandSocket.ask(weir.directory().resolve("haproxysock"), line);
    }

    private HttpLoad load() {
        return new HttpLoad(weir.port("http"), 5, 10, "/cars");
    }

    private static boolean isEmergency(String line) {
        return line.startsWith("<128>") && line.contains("backend api_nodes has no server available!");
    }

    /** Operational and administrative state of each server. */
    private String states() throws IOException {
        StringBuilder states = new StringBuilder();
        for (String line : ask("show servers state api_nodes").split("\n")) {
            String[] fields = line.split(" ");
            if (fields.length > 7 && !line.startsWith("#")) {
                states.append(fields[5]).append(' ').append(fields[6]).append('|');
            }
        }
        return states.toString();
    }

    @Test
    void enablingAndDisablingByHandLosesNoRequest() throws Exception {
        assertEquals("2 0|2 0|2 0|0 5|0 5|0 5|", states());
        for (HttpOrigin each : api) {
            each.takes(30);
        }
        try (HttpLoad load = load()) {
            for (int i = 3; i < 6; i++) {
                assertEquals("\n", ask("enable server api_nodes/api" + i));
            }
            for (int i = 0; i < 3; i++) {
                assertEquals("\n", ask("disable server api_nodes/api" + i));
            }
            assertEquals("0 1|0 1|0 1|2 4|2 4|2 4|", states());
            int before = load.answered("api4");
            Wait.until(5, () -> "no traffic on api4", () -> load.answered("api4") > before + 5);
            int old = load.answered("api0");
            Thread.sleep(200);
            assertEquals(old, load.answered("api0"), "a disabled server gets nothing new");
            assertEquals(List.of(), load.end());
        }
        String head = api[4].heads().peek();
        assertTrue(head.contains("x-forwarded-for: 127.0.0.1\n"), head);
        assertTrue(head.contains("x-forwarded-port: " + weir.port("http") + "\n"), head);
        assertTrue(!head.contains("x-forwarded-proto"), head);
    }

    @Test
    void withoutServersClientsAreToldAndTheLogSaysSoOnce() throws Exception {
        try (var client = weir.connect("http")) {
            for (int i = 0; i < 3; i++) {
                ask("disable server api_nodes/api" + i);
            }
            client.send("GET /cars HTTP/1.1\r\nHost: a\r\n\r\n");
            String answer = client.read(105 + 107);
            assertTrue(answer.startsWith("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 107\r\n"), answer);
            syslog.next(RollingDeployScenarioTest::isEmergency);
            for (String line = syslog.poll(300); line != null; line = syslog.poll(300)) {
                assertTrue(!isEmergency(line), line);
            }
            ask("enable server api_nodes/api1");
        }
        try (HttpLoad load = load()) {
            Wait.until(5, () -> "no traffic", () -> load.answered("api1") > 10);
            assertEquals(List.of(), load.end());
        }
    }

    @Test
    void nothingIsSentBeforeACheckHasPassed() throws Exception {
        api[3].answers("503 Not yet").checks("503 Not yet");
        try (HttpLoad load = load()) {
            assertEquals("\n", ask("enable server api_nodes/api3 when-healthy"));
            Thread.sleep(500);
            assertEquals(0, load.answered("api3"));
            assertTrue(states().contains("2 0|0 4|"), states());
            api[3].answers("200 OK").checks("200 OK");
            Wait.until(5, () -> "no traffic on api3", () -> load.answered("api3") > 5);
            assertEquals(List.of(), load.end());
        }
    }

    @Test
    void oneCommandRollsOut() throws Exception {
        try (HttpLoad load = load()) {
            String said = ask("deploy api_nodes from api0,api1,api2 to api3,api4,api5 step 34% drain 5s "
                    + "abort-if errors > 1%");
            assertTrue(said.startsWith("""
                    Checking api3, api4, api5.
                    All of them are healthy.
                    Step 1 of 3: api3, api4 in, api0, api1 out.
                    Step 2 of 3: api5 in, api2 out.
                    """), said);
            assertTrue(said.contains("\nDone. api3, api4, api5 serve, api0, api1, api2 are in maintenance; "), said);
            assertEquals("0 1|0 1|0 1|2 4|2 4|2 4|", states());
            int now = load.answered("api3");
            Wait.until(5, () -> "no traffic on api3", () -> load.answered("api3") > now + 5);
            assertEquals(List.of(), load.end());
        }
    }

    @Test
    void aDeploymentThatNeverGetsHealthyChangesNothing() throws Exception {
        api[5].checks("500 Broken");
        try (HttpLoad load = load()) {
            String said = ask("deploy api_nodes from api0,api1,api2 to api3,api4,api5 healthy-within 700ms");
            assertEquals("""
                    Checking api3, api4, api5.
                    Aborted: server api5 has passed no check within 700ms.
                    Rolled back. api0, api1, api2 serve, api3, api4, api5 are in maintenance.

                    """, said);
            assertEquals("2 0|2 0|2 0|0 5|0 5|0 5|", states());
            assertEquals(0, load.answered("api3") + load.answered("api4") + load.answered("api5"));
            assertEquals(List.of(), load.end());
        }
    }

    @Test
    void tooManyErrorsBringTheOldServersBack() throws Exception {
        api[3].answers("500 Broken");
        try (HttpLoad load = load()) {
            String said = ask("deploy api_nodes from api0,api1,api2 to api3,api4,api5 step 34% abort-if errors > 5");
            assertTrue(said.matches("(?s).*\nAborted: \\d+ errors in \\d+ requests\\.\nRolled back\\. api0, api1, api2 "
                    + "serve, api3, api4, api5 are in maintenance\\.\n\n"), said);
            assertEquals("2 0|2 0|2 0|0 5|0 5|0 5|", states());
            int broken = load.answered("api3");
            int old = load.answered("api0");
            Wait.until(5, () -> "no traffic on api0", () -> load.answered("api0") > old + 5);
            assertEquals(broken, load.answered("api3"));
            for (String fault : load.end()) {
                assertEquals("HTTP/1.1 500 Broken", fault);
            }
        }
    }

    @Test
    void wrongDeploymentsAreRefused() throws IOException {
        String usage = "Usage: deploy <backend> from <srv>[,<srv>...] to <srv>[,<srv>...] [step <n>%] "
                + "[drain <time>] [healthy-within <time>] [abort-if errors > <n>[%]]";
        String[][] rows = {
            {"deploy", usage}, {"deploy api_nodes from api0", usage}, {"deploy nope from a to b", "No such backend."},
            {"deploy api_nodes from api0 to api9", "No such server 'api9'."},
            {"deploy api_nodes from api0 to api0", "Server 'api0' is named on both sides."},
            {"deploy api_nodes from api0 to api3,api3", "Server 'api3' is named twice."},
            {"deploy api_nodes from api0 to api1", "Server 'api1' gets traffic already."},
            {"deploy api_nodes from api0 to api3 step 0%", usage}, {"deploy api_nodes from api0 to api3 step x", usage},
            {"deploy api_nodes from api0 to api3 abort-if errors < 1%", usage},
            {"deploy api_nodes from api0 to api3 drain", usage},
            {"operator;deploy api_nodes from api0 to api3", "\nPermission denied"}};
        for (String[] row : rows) {
            assertEquals(row[1] + "\n\n", ask(row[0]), row[0]);
        }
        assertEquals("2 0|2 0|2 0|0 5|0 5|0 5|", states());
    }
}
