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
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenario 4: servers are added and removed while traffic runs, and are still there after a reload. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamicServersScenarioTest {

    /** As its author wrote it, but for addresses; his other backend stands beside it, reached by a path. */
    private static final String FILE = """
            global
              log stdout format raw local0 info
              stats socket 127.0.0.1:{port:api} level admin
              stats socket {dir}/s.sock level admin
            defaults named
              mode http
              timeout client 10s
              timeout connect 5s
              timeout server 10s
              timeout http-request 10s
              log global
            frontend stats
              bind 127.0.0.1:{port:stats}
              stats enable
              stats uri /
              stats refresh 10s
            frontend myfrontend
              bind 127.0.0.1:{port:http}
              use_backend cookies if { path /cookie }
              use_backend %[path,field(3,/)] if { path_beg /to/ }
              default_backend webservers
            backend webservers
              balance hdr(X-Session-ID)
              hash-type consistent
              default-server name slow inter 300ms weight 7
              default-server inter 200ms
              server s1 127.0.0.1:{port:s1} check
              server s2 127.0.0.1:{port:s2} check
              server s3 127.0.0.1:{port:s3} check
            backend cookies
              balance roundrobin
              cookie SESSIONID insert indirect nocache
              use-server %[req.hdr(x-server)] if { req.hdr(x-server) -m found }
              server s1 127.0.0.1:{port:s1} check cookie s1
              server s2 127.0.0.1:{port:s2} check cookie s2
              server s3 127.0.0.1:{port:s3} check cookie s3
            """;

    private final Stage stage = new Stage();
    private final HttpOrigin[] apps = new HttpOrigin[5];
    private Proxy weir;

    @BeforeAll
    void start() throws IOException {
        Launch launch = Product.WEIR.launch();
        for (int i = 1; i < apps.length; i++) {
            apps[i] = stage.add(new HttpOrigin("s" + i));
            launch.port("s" + i, apps[i].port());
        }
        weir = stage.add(launch.start(FILE));
    }

    @AfterAll
    void stop() throws Exception {
        stage.clear();
    }

    @BeforeEach
    void quick() {
        apps[4].takes(0).heads().clear();
    }

    private String ask(String line) throws IOException {
        return CommandSocket.ask(weir.directory().resolve("s.sock"), line);
    }

    private String get(String path, String headers) throws IOException {
        try (var client = weir.connect("http")) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n");
            String answer = client.readAll();
            return answer.startsWith("HTTP/1.1 200") ? answer.substring(answer.indexOf("\r\n\r\n") + 4)
                    : answer.substring(9, 12);
        }
    }

    private String s4() {
        return "127.0.0.1:" + apps[4].port();
    }

    /** Answers over TCP, several commands on a line, each answer ended by an empty line. */
    @Test
    void commandsAnswerOverTcp() throws IOException {
        try (var client = weir.connect("api")) {
            client.send("show servers state webservers; show version;add server webservers/s9 " + s4() + " check; del server webservers/s9\n");
            String said = client.readAll();
            assertTrue(said.startsWith("1\n# be_id be_name"), said);
            assertTrue(said.matches("(?s).*\n\n3\\.5[^\n]*\n\nNew server registered\\.\n\nServer deleted\\.\n"), said);
        }
    }

    @Test
    void anAddedServerTakesKeysFromOthersOnly() throws IOException {
        String[] before = new String[200];
        for (int i = 0; i < before.length; i++) {
            before[i] = get("/", "X-Session-ID: abc" + i + "\r\n");
        }
        assertEquals("s1 s3 s2 s1 s2", before[121] + " " + before[123] + " " + before[124] + " " + before[128] + " "
                + before[129]);
        assertEquals("New server registered.\n\n", ask("add server webservers/s4 " + s4()));
        assertEquals("Already exists a server with the same name in backend.\n\n",
                ask("add server webservers/s4 " + s4()));
        assertEquals("\n", ask("enable server webservers/s4"));
        int moved = 0;
        for (int i = 0; i < before.length; i++) {
            String now = get("/", "X-Session-ID: abc" + i + "\r\n");
            assertTrue(now.equals(before[i]) || now.equals("s4"), now);
            moved += now.equals("s4") ? 1 : 0;
        }
        assertTrue(moved > 10 && moved < 120, moved + " keys moved");
        assertEquals("Only servers in maintenance mode can be deleted.\n", ask("del server webservers/s4"));
        assertEquals("\n", ask("disable server webservers/s4"));
        assertEquals("Done.\n\n", ask("wait 2s srv-removable webservers/s4"));
        assertEquals("Server deleted.\n", ask("del server webservers/s4"));
        assertEquals("No such server.\n", ask("del server webservers/s4"));
    }

    @Test
    void anAddedServerIsKnownToCookiesAndRules() throws IOException {
        assertEquals("New server registered.\n\n", ask("add server cookies/s4 " + s4() + " cookie s4 enabled"));
        assertEquals("s4", get("/cookie", "Cookie: SESSIONID=s4\r\n"));
        assertEquals("s4", get("/cookie", "x-server: s4\r\n"));
        assertEquals("s2", get("/cookie", "x-server: s2\r\n"));
        assertEquals("Server deleted.\n", ask("del server cookies/s4 drain 5s"));
        assertTrue(!get("/cookie", "Cookie: SESSIONID=s4\r\n").equals("s4"));
    }

    /** What the command says when it is asked to say more; ports stand as P. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "webservers/a 127.0.0.1:P verbose | Server webservers/a is in state MAINT and gets no traffic.@"
                + "Missing: set server webservers/a state ready",
        "webservers/a 127.0.0.1:P check verbose | Server webservers/a is in state MAINT and gets no traffic.@"
                + "Missing: enable health webservers/a; set server webservers/a state ready, or both at once: "
                + "enable server webservers/a when-healthy",
        "webservers/a 127.0.0.1:P enabled verbose | Server webservers/a is UP and gets traffic.",
        "webservers/a 127.0.0.1:P check enabled verbose | Server webservers/a is in state DOWN and gets no traffic.@"
                + "It gets traffic as soon as a check has passed.",
        "webservers/a no.such.host.invalid:1 check enabled verbose | Server webservers/a is in state MAINT (resolution) and "
                + "gets no traffic.@Its name no.such.host.invalid has no address yet; it is asked for again and again.@"
                + "It gets traffic as soon as it has an address and a check has passed.",
        "webservers/a 127.0.0.1:P weight 0 enabled verbose | Server webservers/a is in state DOWN and gets no traffic.@"
                + "Missing: set server webservers/a weight <more than 0>"})
    void saysWhatIsMissing(String words, String said) throws IOException {
        assertEquals("New server registered.\n" + said.replace("@", "\n") + "\n\n",
                ask("add server " + words.replace("P", Integer.toString(apps[4].port()))));
        assertEquals("Server deleted.\n", ask("del server webservers/a force"));
    }

    /** Where the words of the settings are to come from. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | 1 (initial 1)", "from none | 1 (initial 1)", "from srv:slow | 7 (initial 7)",
        "from srv:slow weight 9 | 9 (initial 9)", "from srv:webservers/slow | 7 (initial 7)", "from be: | 1 (initial 1)",
        "from be:webservers | 1 (initial 1)", "from be:nope | unknown backend 'nope'",
        "from srv:nope | unknown server 'nope' in backend 'cookies'", "from x | invalid 'x' value for 'from' keyword.",
        "from | from: missing value.", "from none from none | 'from' keyword can only be specified once."})
    void beginsAsSomethingElse(String words, String weight) throws IOException {
        String backend = words.startsWith("from srv:slow") ? "webservers" : "cookies";
        String said = ask("add server " + backend + "/a " + s4() + " " + words);
        if (weight.contains("initial")) {
            assertEquals("New server registered.\n\n", said);
            assertEquals(weight + "\n\n", ask("get weight " + backend + "/a"));
            assertEquals("Server deleted.\n", ask("del server " + backend + "/a"));
        } else {
            assertEquals("'server " + backend + "/a' : " + weight + "\n\n", said);
        }
    }

    @Test
    void listsWhatServersAndBackendsCanBeginAs() throws IOException {
        assertEquals("* webservers\n* webservers/slow\n\n", ask("show default-server"));
        assertEquals("* webservers\n* webservers/slow\n\n", ask("show default-server webservers"));
        assertEquals("\n", ask("show default-server cookies"));
        assertEquals("named\n\n", ask("show defaults"));
        String help = ask("add server help");
        assertTrue(help.startsWith("List of keywords supported for dynamic servers:\n"), help);
        assertTrue(help.contains("\ncheck\n") && !help.contains("\nnamespace\n"), help);
    }

    /** A name is resolved and a check made before the first request; the answers of the application say so. */
    @Test
    void oneCommandChecksAndThenGivesTrafficAndItOutlivesReloads() throws Exception {
        int port = apps[4].port();
        apps[4].close();
        try (HttpLoad load = new HttpLoad(weir.port("http"), 5, 5, "/")) {
            assertEquals("New server registered.\n\n",
                    ask("add server webservers/s4 localhost:" + port + " from be: check enabled"));
            Thread.sleep(500);
            assertEquals(0, load.answered("s4"));
            apps[4] = stage.add(new HttpOrigin("s4", port));
            Wait.until(5, () -> "no traffic for s4", () -> load.answered("s4") > 5);
            for (int i = 0; i < 3; i++) {
                weir.signal("HUP");
                Thread.sleep(200);
            }
            int before = load.answered("s4");
            Wait.until(5, () -> "no traffic for s4 after reloads", () -> load.answered("s4") > before + 5);
            assertTrue(ask("show servers state webservers").contains(" s4 127.0.0.1 2 0 "));
            apps[4].takes(50);
            assertEquals("Server deleted.\n", ask("del server webservers/s4 drain 5s"));
            assertEquals(List.of(), load.end());
        }
    }

    /** A number that is given again is another server's: its revision says so. */
    @Test
    void numbersThatComeAgainHaveARevision() throws IOException {
        for (String revision : new String[] {"0", "1", "2"}) {
            ask("add server cookies/again " + s4() + " id 77");
            String[] stat = ask("show stat cookies 4 77").split("\n");
            int column = List.of(stat[0].substring(2).split(",")).indexOf("srid");
            assertEquals(revision, stat[1].split(",", -1)[column]);
            assertEquals("Server deleted.\n", ask("del server cookies/again"));
        }
    }

    @Test
    void forceDoesNotWaitForWhatIsUnderWay() throws Exception {
        apps[4].takes(20_000);
        assertEquals("New server registered.\n\n", ask("add server cookies/s4 " + s4() + " cookie s4 enabled"));
        try (var client = weir.connect("http")) {
            client.send("GET /cookie HTTP/1.1\r\nHost: a\r\nCookie: SESSIONID=s4\r\n\r\n");
            Wait.until(5, () -> "no request at s4", () -> !apps[4].heads().isEmpty());
            assertEquals("Only servers in maintenance mode can be deleted.\n", ask("del server cookies/s4"));
            long began = System.nanoTime();
            assertEquals("Server deleted.\n", ask("del server cookies/s4 force"));
            assertTrue(System.nanoTime() - began < 3_000_000_000L);
        }
    }

    @Test
    void backendsComeAndGo() throws Exception {
        assertEquals("Cannot find default proxy 'nope'.\n\n", ask("add backend new from nope"));
        assertEquals("Require backend name.\n\n", ask("add backend"));
        assertEquals("Usage: add backend <name> from <defproxy>.\n\n", ask("add backend new"));
        assertEquals("Unknown proxy mode.\n\n", ask("add backend new from named mode what"));
        assertEquals("Dynamic backends are compatible with only TCP or HTTP mode.\n\n",
                ask("add backend new from named mode log"));
        assertEquals("New backend registered.\n\n", ask("add backend new from named"));
        assertTrue(ask("add backend new from named").startsWith("Error during backend creation : "));
        assertTrue(ask("show backend").contains("\nnew\n"));
        assertEquals("New server registered.\n\n", ask("add server new/a " + s4() + " check inter 100ms enabled"));
        assertEquals("s1 s2 s3", served("/to/new"), "it is not published yet: the default");
        assertEquals("Backend published.\n\n", ask("publish backend new"));
        Wait.until(5, () -> "no traffic for the new backend", () -> get("/to/new", "").equals("s4"));
        weir.signal("HUP");
        Thread.sleep(500);
        assertEquals("s4", get("/to/new", ""));
        assertTrue(ask("show stat new 2 -1").contains("\nnew,BACKEND,"), ask("show stat"));
        assertEquals("Backend must be unpublished prior to its deletion.\n\n", ask("del backend new"));
        assertEquals("Backend unpublished.\n\n", ask("unpublish backend new"));
        assertEquals("Only a backend without server can be deleted.\n\n", ask("del backend new"));
        assertEquals("Failed. Only a backend without server can be deleted.\n\n", ask("wait 1s be-removable new"));
        assertEquals("Server deleted.\n", ask("del server new/a drain 1s"));
        assertEquals("Done.\n\n", ask("wait 1s be-removable new"));
        assertEquals("Backend deleted.\n\n", ask("del backend new"));
        assertEquals("No such backend.\n\n", ask("del backend new"));
        assertEquals("s1 s2 s3", served("/to/new"));
        assertTrue(ask("del backend cookies").startsWith("This proxy cannot be removed at runtime"));
    }

    private String served(String path) throws IOException {
        java.util.TreeSet<String> seen = new java.util.TreeSet<>();
        for (int i = 0; i < 12; i++) {
            seen.add(get(path, ""));
        }
        return String.join(" ", seen);
    }

    @Test
    void serversGetOtherNames() throws IOException {
        assertTrue(ask("set server webservers/s1 name").startsWith("set server <b>/<s> name requires a new name."));
        assertTrue(ask("set server webservers/s1 name blue").startsWith("Server must be in maintenance mode to be renamed"));
        ask("disable server webservers/s1");
        assertEquals("A server with the same name already exists in this backend.\n\n",
                ask("set server webservers/s1 name s2"));
        assertEquals("Server name contains invalid characters.\n\n", ask("set server webservers/s1 name a/b"));
        assertEquals("Server name updated.\n\n", ask("set server webservers/s1 name blue"));
        assertTrue(ask("show servers state webservers").contains(" blue 127.0.0.1 "));
        assertEquals("No such server.\n\n", ask("enable server webservers/s1"));
        assertEquals("Server name updated.\n\n", ask("set server webservers/blue name s1"));
        assertEquals("\n", ask("enable server webservers/s1"));
        Wait.until(5, () -> "nothing in the log", () -> weir.out().contains("Server webservers/blue renamed from 's1'."));
    }
}
