package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Crowd;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process that begins with what the one before it wrote down, and one that reads its files again when they change. */
class SnapshotTest {

    private static final String FILE = """
            global
                stats socket {dir}/s level admin
                weir.snapshot {dir}/snap every 200ms max-age 1m
                weir.watch 100ms {dir}/m.map
            defaults
                mode http
                timeout connect 2s
                timeout client 5s
                timeout server 5s
            frontend f
                bind 127.0.0.1:{port:a}
                http-request set-header m %[str(k),map({dir}/m.map)]
                http-response set-header gen "1"
                default_backend b
            backend b
                balance roundrobin
                stick-table type string len 20 size 1k expire 1h store http_req_cnt,http_req_rate(10m),gpt0,server_id
                stick on req.hdr(id)
                http-request track-sc0 req.hdr(id)
                server s1 127.0.0.1:{port:s1}
                server s2 127.0.0.1:{port:s2}
                server s3 127.0.0.1:{port:s3} weight 10
            """;

    private final Stage stage = new Stage();
    private Launch launch;
    private Path directory;

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private Proxy start() throws IOException {
        return start(FILE);
    }

    private Proxy start(String file) throws IOException {
        if (launch == null) {
            launch = Product.WEIR.launch();
            for (String name : new String[] {"s1", "s2", "s3"}) {
                launch.port(name, stage.add(Crowd.server(name)).port());
            }
            directory = launch.directory();
            Files.writeString(directory.resolve("m.map"), "k v\n");
        }
        Proxy proxy = launch.start(file);
        // the path of one that was killed is there, and its port for a moment too
        Wait.until(10, () -> "does not serve", () -> {
            try {
                return ask("show info").contains("\nPid: " + proxy.pid() + "\n");
            } catch (IOException notYet) {
                return false;
            }
        });
        return proxy;
    }

    private String ask(String line) throws IOException {
        return CommandSocket.ask(directory.resolve("s"), line);
    }

    private static void request(Proxy proxy, String id) throws IOException {
        try (Client client = proxy.connect("a")) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nid: " + id + "\r\nConnection: close\r\n\r\n");
            assertTrue(client.readAll().startsWith("HTTP/1.1 200 "));
        }
    }

    private String table() throws IOException {
        return String.join("\n", ask("show table b").lines().filter(each -> each.contains("key="))
                .map(each -> each.replaceAll("^.*(key=.*) exp=\\d+", "$1")).sorted().toList());
    }

    private String servers() throws IOException {
        return ask("show servers state b").replaceAll("(?m)^((?:\\S+ ){9})\\d+", "$1T");
    }

    /** Ends the process; its directory stays. */
    private static void end(Proxy proxy, String signal) throws Exception {
        proxy.signal(signal);
        proxy.awaitExit();
    }

    @Test
    void theNextProcessBeginsWhereTheLastOneWas() throws Exception {
        Proxy first = start();
        for (int i = 0; i < 50; i++) {
            request(first, "client" + i % 25);
        }
        ask("set table b key client3 data.gpt0 7");
        ask("disable server b/s2");
        ask("set weight b/s3 3");
        String table = table();
        String servers = servers();
        assertEquals(25, table.lines().count());
        end(first, "USR1");
        Proxy second = start();
        assertEquals("", second.err().replaceAll("(?m)^\\[NOTICE].*\n", ""));
        assertEquals(table, table());
        assertEquals(servers, servers());
        assertTrue(ask("show stat").contains("\nf,FRONTEND,,"), ask("show stat"));
        assertEquals("50", column("f,FRONTEND", "hrsp_2xx"));
        assertEquals("50", column("b,BACKEND", "stot"));
        // what is written while running is enough after a crash
        request(second, "zebra-9");
        Wait.until(5, () -> "not written", () -> Files.readString(directory.resolve("snap"),
                StandardCharsets.ISO_8859_1).contains("zebra-9"));
        String more = table();
        second.signal("KILL");
        second.awaitExit();
        Proxy third = start();
        assertEquals(more, table());
        end(third, "TERM");
    }

    private String column(String row, String name) throws IOException {
        String[] lines = ask("show stat").split("\n");
        int at = List.of(lines[0].substring(2).split(",")).indexOf(name);
        for (String line : lines) {
            if (line.startsWith(row + ",")) {
                return line.split(",", -1)[at];
            }
        }
        return "";
    }

    /** With the last line that belongs behind it. */
    private static String sealed(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return text + "end " + HexFormat.of().toHexDigits((int) sum.getValue()) + " 0\n";
    }

    /** What cannot be used is said, and the process begins with nothing. */
    @Test
    void whatIsNotGoodIsNotUsed() throws Exception {
        Proxy first = start();
        request(first, "x");
        end(first, "TERM");
        Path file = directory.resolve("snap");
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String[] row : new String[][] {{sealed(text.substring(0, text.lastIndexOf("end ")).replaceFirst("1 (\\d+)\n", "1 1000\n")), "s old"},
            {text.substring(0, text.length() / 2), "it is not whole"}, {sealed("something else\n"), "it is none"}, {text.replace("key", "kez").replaceFirst("table b", "tabel b"), "it is not whole"},
            {sealed(text.substring(0, text.indexOf("table b")) + "table b 3\nabc"), "it makes no sense at 'table b 3'"}}) {
            Files.writeString(file, row[0], StandardCharsets.ISO_8859_1);
            Proxy next = start();
            assertTrue(next.err().contains("Snapshot '" + file + "' is not used: ") && next.err().contains(row[1]), next.err());
            assertEquals("", table());
            assertEquals("0", column("f,FRONTEND", "hrsp_2xx"));
            end(next, "KILL");
        }
    }

    /** HAProxy's own two files, which its scripts write. */
    @Test
    void stateFilesAreWrittenToo() throws Exception {
        String file = FILE.replaceFirst("weir.snapshot .*", "server-state-file {dir}/st\n    stats-file {dir}/stats\n"
                + "    weir.state-files 100ms").replace("defaults\n", "defaults\n    load-server-state-from-file global\n")
                .replace("frontend f\n", "frontend f\n    guid front\n");
        Proxy first = start(file);
        request(first, "x");
        ask("set weight b/s3 3");
        ask("disable server b/s2");
        Wait.until(5, () -> "not written", () -> Files.exists(directory.resolve("stats"))
                && Files.readString(directory.resolve("st")).contains(" s2 "));
        request(first, "y");
        String servers = servers();
        end(first, "TERM");
        Proxy second = start(file);
        assertEquals(servers, servers());
        assertEquals("2", column("f,FRONTEND", "hrsp_2xx"));
        end(second, "KILL");
    }

    @Test
    void filesThatChangeAreReadAgain() throws Exception {
        Proxy proxy = stage.add(start());
        Thread.sleep(300);
        Files.writeString(directory.resolve("haproxy.cfg"), launch.fill(FILE.replace("gen \"1\"", "gen \"2\"")));
        Wait.until(5, () -> "not read again", () -> proxy.err().contains("Loading success."));
        Files.writeString(directory.resolve("haproxy.cfg"), "nonsense\n");
        Wait.until(5, () -> "not looked at", () -> proxy.err().contains("Loading failure"));
        Files.writeString(directory.resolve("haproxy.cfg"), launch.fill(FILE));
        Files.writeString(directory.resolve("m.map"), "k w\n");
        Files.setLastModifiedTime(directory.resolve("m.map"), FileTime.fromMillis(1));
        Wait.until(5, () -> "the map is the old one", () -> ask("show map " + directory.resolve("m.map")).contains("k w"));
        assertFalse(proxy.err().contains("Exception"), proxy.err());
    }
}
