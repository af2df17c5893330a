package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.MariaDb;
import dev.weir.it.rig.NameServer;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A database behind a TCP proxy: a real MariaDB whose name appears in the DNS only after the start, a real client, the
 * author's file with its addresses replaced.
 */
@ParameterizedClass
@EnumSource(Product.class)
class TcpReloadScenarioTest {

    private static final Path FILE = Path.of("src/test/resources/scenarios/tcp-reload.cfg");
    private static final String ROWS = "select repeat(md5(seq), 40) from mysql.help_topic, "
            + "(select 1 as seq union select 2 union select 3 union select 4) as four limit 4000";

    private static final Stage STAGE = new Stage();
    private static Proxy proxy;
    private static MariaDb database;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START, Part.RESOLVERS, Part.CHECKS);
        database = STAGE.add(MariaDb.start());
        NameServer names = STAGE.add(new NameServer());
        Launch launch = product.launch().settlingSoon().port("db", database.port()).port("dns", names.port()).until("mysql");
        proxy = STAGE.add(launch.start(Files.readString(FILE).replace(":19001", "127.0.0.1:{port:stats}")
                .replace(":9001", "127.0.0.1:{port:mysql}").replace("127.0.0.11:53", "127.0.0.1:{port:dns}")
                .replace("db:3306", "db:{port:db}")));
        refusesWithoutServer();
        names.add("db");
        Wait.until(15, () -> "the server does not come up", () -> query("select 7").out().equals("7\n"));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static void refusesWithoutServer() throws IOException {
        try (Client client = proxy.connect("mysql")) {
            assertEquals("end", client.next(3000));
        }
    }

    private static Finished query(String statement) throws IOException {
        return MariaDb.query(proxy.port("mysql"), statement);
    }

    @Test
    void loadsTheFileAsWritten() throws Exception {
        Finished run = product.run("-c", "-f", FILE.toString());
        assertEquals(0, run.code(), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1+1", "select repeat('x', 5000000)", ROWS})
    void answersAreTheDatabasesByteForByte(String statement) throws Exception {
        Finished direct = MariaDb.query(database.port(), statement);
        assertEquals(0, direct.code(), direct.err());
        assertNotEquals("", direct.out());
        assertEquals(direct.out(), query(statement).out());
    }

    @Test
    void oneConnectionServesManyQueries() throws Exception {
        try (MariaDb.Session session = MariaDb.open(proxy.port("mysql"))) {
            String id = session.ask("select connection_id()");
            for (int i = 0; i < 200; i++) {
                assertEquals(Integer.toString(i * 3), session.ask("select " + i + " * 3"));
            }
            assertEquals(id, session.ask("select connection_id()"));
        }
    }

    @Test
    void servesItsStatistics() throws Exception {
        product.needs(Part.STATISTICS);
        assertTrue(get("/stats").contains("<html>"));
        assertTrue(get("/stats;csv").contains("\n# pxname,svname,qcur,qmax,scur,"));
        assertTrue(get("/status").startsWith("HTTP/1.1 200 OK\r\n"));
    }

    @Test
    void countsTheSessionThatIsOpen() throws Exception {
        product.needs(Part.STATISTICS);
        try (MariaDb.Session session = MariaDb.open(proxy.port("mysql"))) {
            assertEquals("1", session.ask("select 1"));
            for (String row : List.of("default,FRONTEND,", "default,rds,", "default,BACKEND,")) {
                Wait.until(5, () -> row + " has not one session", () -> current(row).equals("1"));
            }
        }
    }

    private static String current(String row) throws IOException {
        String csv = get("/stats;csv");
        String line = csv.substring(csv.indexOf("\n" + row) + 1);
        return line.split(",")[4];
    }

    private static String get(String path) throws IOException {
        try (Client client = proxy.connect("stats")) {
            return client.send("GET " + path + " HTTP/1.0\r\n\r\n").readAll();
        }
    }

    /** HAProxy loses these lines, since {@code defaults} stands before {@code global}. */
    @Test
    void logsSessions() throws Exception {
        product.needs(Part.LOGS);
        Assumptions.assumeTrue(product == Product.WEIR);
        assertEquals("1\n", query("select 1").out());
        Wait.until(5, () -> "no log line", () -> proxy.out().contains(" default default/rds "));
    }

    /** Reloads until the virtual machine has compiled what they run, and has used its first heap once. */
    private static final int WARM = 50;

    /** A session through twice 50 reloads: it lives, the statistics show it, totals never go down, memory stays. */
    @Test
    void reloadsBreakNothing() throws Exception {
        Assumptions.assumeTrue(product == Product.WEIR);
        // it has become somebody else, who must be able to read the file
        Files.setPosixFilePermissions(proxy.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        try (MariaDb.Session session = MariaDb.open(proxy.port("mysql"))) {
            String id = session.ask("select connection_id()");
            long total = 0;
            long warmKb = 0;
            for (int i = 0; i <= WARM + 50; i++) {
                reload(i % 2 == 0 ? "HUP" : "USR2", "Loading success.");
                assertEquals(id, session.ask("select connection_id()"));
                assertEquals("1", current("default,BACKEND,"));
                long now = Long.parseLong(get("/stats;csv").replaceAll("(?s).*\ndefault,BACKEND,(?:[^,]*,){5}(\\d+),.*", "$1"));
                assertTrue(now >= total, now + " after " + total);
                total = now;
                warmKb = i == WARM ? proxy.settledKb() : warmKb;
            }
            assertEquals("7\n", query("select 7").out());
            long endKb = proxy.settledKb();
            assertTrue(endKb < warmKb * 105 / 100, warmKb + " kB became " + endKb);
            Path file = proxy.directory().resolve("haproxy.cfg");
            String good = Files.readString(file);
            Files.writeString(file, good + "\nnonsense\n");
            reload("HUP", "unknown keyword 'nonsense'");
            assertEquals(id, session.ask("select connection_id()"));
            assertEquals("7\n", query("select 7").out());
            Files.writeString(file, good);
        }
    }

    private static void reload(String signal, String said) throws IOException {
        int before = proxy.err().length();
        proxy.signal(signal);
        Wait.until(10, () -> "no reload", () -> proxy.err().substring(before).contains(said));
    }
}
