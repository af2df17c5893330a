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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three-way merge at a reload: what a command has changed stays as long as the file says what it said before. */
class ReloadMergeTest {

    private static final String FILE = """
            global
                stats socket {dir}/s level admin
                nbthread 1
                GLOBAL
            defaults
                mode http
                timeout connect 2s
                timeout client 10s
                timeout server 10s
            frontend f
                bind 127.0.0.1:{port:a} name l
                FRONT
                http-request set-var(txn.v) str(k),map({dir}/m.map)
                default_backend b
            backend b
                TABLE
                server s 127.0.0.1:{port:x} SERVER
            """;

    /** What no row has: nothing of a row is left when it has been taken over. */
    private static final String NOTHING = """
            global
                stats socket {dir}/s level admin
                nbthread 1
                maxconn 77
                maxconnrate 77
            frontend nobody
                bind 127.0.0.1:{port:z}
                mode http
                timeout client 5s
            """;

    private static final Stage STAGE = new Stage();
    private static Launch launch;
    private static Proxy proxy;

    @BeforeAll
    static void startOnce() throws IOException {
        launch = Product.WEIR.launch();
        proxy = STAGE.add(launch.start(NOTHING));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    /** As if the process had been started with it. */
    private void start(String place, String words) throws IOException {
        Files.writeString(launch.directory().resolve("m.map"), "k v1\n");
        Files.writeString(proxy.directory().resolve("haproxy.cfg"), launch.fill(NOTHING));
        assertTrue(ask("reload").startsWith("Success=1\n"));
        assertTrue(reload(place, words).startsWith("Success=1\n"));
    }

    private static String file(String place, String words) {
        return FILE.replace(place, words == null ? "" : words).replaceAll("(?m)^ *(GLOBAL|FRONT|TABLE)$", "")
                .replace("SERVER", "");
    }

    private String ask(String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("s"), launch.fill(line));
    }

    private String reload(String place, String words) throws IOException {
        Files.writeString(proxy.directory().resolve("haproxy.cfg"), launch.fill(file(place, words)));
        return ask("reload");
    }

    /** @param seen a pattern whose group is what shall be expected */
    @ParameterizedTest(name = "{0} {1}, then {2}, then {3}: {6}")
    @CsvSource(delimiter = '|', textBlock = """
            SERVER | weight 10    | set weight b/s 20           | weight 10    | get weight b/s        | (.*)\\n     | 20 (initial 10)
            SERVER | weight 10    | show version                | weight 30    | get weight b/s        | (.*)\\n     | 30 (initial 30)
            SERVER | weight 10    | set weight b/s 20           | weight 30    | get weight b/s        | (.*)\\n     | 30 (initial 30)
            SERVER |              | disable server b/s          |              | show servers state b  | b 1 s \\S+ (\\d+ \\d+)  | 0 1
            SERVER |              | show version                | disabled     | show servers state b  | b 1 s \\S+ (\\d+ \\d+)  | 0 5
            SERVER | disabled     | enable server b/s           | disabled     | show servers state b  | b 1 s \\S+ (\\d+ \\d+)  | 2 4
            SERVER | disabled     | show version                |              | show servers state b  | b 1 s \\S+ (\\d+ \\d+)  | 2 0
            SERVER |              | set server b/s state drain  | weight 5     | show servers state b  | b 1 s \\S+ (\\d+ \\d+)  | 2 8
            SERVER |              | set server b/s addr 127.0.0.7 |            | show servers state b  | b 1 s (\\S+)         | 127.0.0.7
            SERVER |              | set server b/s addr 127.0.0.7 port 99 | check | show servers state b | b 1 s (\\S+)      | 127.0.0.7
            SERVER | maxconn 4    | set maxconn server b/s 9    | maxconn 4    | show stat             | b,s,0,0,0,0,(\\d+), | 9
            SERVER | maxconn 4    | set maxconn server b/s 9    | maxconn 5    | show stat             | b,s,0,0,0,0,(\\d+), | 5
            SERVER |              | set server b/s addr 127.0.0.7 | check      | show servers state b  | b 1 s (\\S+)         | 127.0.0.7
            SERVER |              | set server b/s addr 127.0.0.7 port 99 | | show servers state b  | b 1 s (?:\\S+ ){14}(\\S+) | 99
            SERVER |              | show version                | maxconn 7    | show stat             | b,s,0,0,0,0,(\\d+), | 7
            FRONT  | maxconn 40   | show version                | maxconn 50   | show stat             | f,FRONTEND,,,0,0,(\\d+), | 50
            GLOBAL | maxconn 400  | show version                | maxconn 300  | show info             | Maxconn: (\\d+)  | 300
            GLOBAL | maxconnrate 400 | show version | maxconnrate 300         | show info             | ConnRateLimit: (\\d+) | 300
            SERVER | weight 10    | set server b/s state maint  | weight 20    | show servers state b  | b 1 s \\S+ (\\d+ \\d+)  | 0 1
            SERVER |              | disable server b/s          | disabled     | show servers state b  | b 1 s \\S+ (\\d+ \\d+)  | 0 5
            FRONT  | maxconn 40   | set maxconn frontend f 9    | maxconn 40   | show stat             | f,FRONTEND,,,0,0,(\\d+), | 9
            FRONT  | maxconn 40   | set maxconn frontend f 9    | maxconn 50   | show stat             | f,FRONTEND,,,0,0,(\\d+), | 50
            GLOBAL | maxconn 400  | set maxconn global 90       | maxconn 400  | show info             | Maxconn: (\\d+)  | 90
            GLOBAL | maxconn 400  | set maxconn global 90       | maxconn 300  | show info             | Maxconn: (\\d+)  | 300
            GLOBAL | maxconnrate 400 | set rate-limit connections global 90 | maxconnrate 400 | show info   | ConnRateLimit: (\\d+) | 90
            GLOBAL | maxconnrate 400 | set rate-limit connections global 90 | maxconnrate 300 | show info   | ConnRateLimit: (\\d+) | 300
            SERVER |              | set map {dir}/m.map k v2    | weight 3     | show map {dir}/m.map  | k (\\S+)       | v2
            SERVER |              | disable frontend f          | weight 3     | show stat             | f,FRONTEND,(?:[^,]*,){15}(\\w+), | PAUSED
            SERVER |              | add server b/d 127.0.0.1:9  | weight 3     | show servers state b  | b \\d+ (d) 127   | d
            SERVER |              | add server b/d 127.0.0.1:9 weight 7 | weight 3 | get weight b/d     | (\\d+) \\(      | 7
            """)
    void merges(String place, String before, String command, String after, String question, String seen, String expected)
            throws IOException {
        start(place, before);
        ask(command);
        assertTrue(reload(place, after).startsWith("Success=1\n"));
        String answer = ask(question);
        Matcher found = Pattern.compile(seen.replace("\\\\", "\\").replace("b 1 s", "\\d+ b 1 s")).matcher(answer);
        assertTrue(found.find(), answer);
        assertEquals(expected, found.group(1));
    }

    /** A file that has changed since it was read wins whole. */
    @ParameterizedTest
    @CsvSource({"k v3, k v3", "k v1, k v2"})
    void aChangedMapFileWins(String content, String expected) throws IOException {
        start("SERVER", "");
        ask("set map {dir}/m.map k v2");
        Path file = proxy.directory().resolve("m.map");
        Files.writeString(file, content + "\n");
        assertTrue(reload("SERVER", "").startsWith("Success=1\n"));
        String answer = ask("show map {dir}/m.map");
        assertTrue(answer.contains(expected), answer);
    }

    /** What still fits is kept: all of it, without the columns that are gone, or nothing where keys are other ones. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            size 1k store gpc0,gpc1   | used:1 | gpc0=5 gpc1=6
            size 1k store gpc1,gpc0   | used:1 | gpc0=5 gpc1=6
            size 1k store gpc0        | used:1 | gpc0=5
            size 2k expire 1h store gpc0,gpc1,conn_cnt | used:1 | gpc0=5 conn_cnt=0 gpc1=6
            """)
    void tablesKeepWhatFits(String after, String used, String data) throws IOException {
        start("TABLE", "stick-table type string len 20 size 1k store gpc0,gpc1");
        ask("set table b key k data.gpc0 5 data.gpc1 6");
        assertTrue(reload("TABLE", "stick-table type string len 20 " + after).startsWith("Success=1\n"));
        String answer = ask("show table b");
        assertTrue(answer.contains(used) && answer.contains(data), answer);
        assertTrue(reload("TABLE", "stick-table type ip " + after).startsWith("Success=1\n"));
        assertTrue(ask("show table b").contains("used:0"));
    }
}
