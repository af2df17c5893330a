package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers of log backends: their checks, commands, backups and rows are those of any server. */
class LogBackendsTest {

    private final Stage stage = new Stage();
    private final List<Syslog> servers = new ArrayList<>();
    private Proxy weir;

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private String ask(String line) throws IOException {
        return CommandSocket.ask(weir.directory().resolve("s"), line);
    }

    /** Which servers get the lines of so many requests, by their letters in the order of the lines. */
    private String spread(int requests) throws Exception {
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            try (Client client = weir.connect("fe")) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").readAll();
            }
            int at = -1;
            for (int tries = 0; tries < 40 && at < 0; tries++) {
                for (int s = 0; s < servers.size() && at < 0; s++) {
                    at = servers.get(s).poll(5) == null ? -1 : s;
                }
            }
            seen.append(at < 0 ? '-' : (char) ('a' + at));
        }
        return seen.toString();
    }

    @Test
    void theirStateDecidesWhoGetsMessages() throws Exception {
        for (int i = 0; i < 4; i++) {
            servers.add(stage.add(new Syslog()));
        }
        Origin door = stage.add(Origin.echo());
        weir = stage.add(Product.WEIR.launch().port("a", servers.get(0).port()).port("b", servers.get(1).port())
                .port("c", servers.get(2).port()).port("d", servers.get(3).port()).port("door", door.port()).start("""
                global
                    stats socket {dir}/s level admin
                backend logs
                    mode log
                    balance roundrobin
                    server a udp@127.0.0.1:{port:a} check port {port:door} inter 100ms rise 1 fall 1
                    server b udp@127.0.0.1:{port:b} weight 0
                    server c udp@127.0.0.1:{port:c} backup
                frontend fe
                    mode http
                    bind 127.0.0.1:{port:fe}
                    timeout client 5s
                    log backend@logs format raw local0
                    log-format "line"
                    http-request return status 200
                """));
        assertEquals("abab", spread(4));
        String[] stat = ask("show stat").split("\n");
        assertTrue(List.of(stat).stream().anyMatch(row -> row.startsWith("logs,a,") && row.contains(",UP,")), stat[0]);
        assertTrue(ask("show servers state logs").contains(" b 127.0.0.1 2 0 "), ask("show servers state logs"));
        door.close();
        Wait.until(5, () -> "a is still up", () -> ask("show stat").contains("logs,a,") && ask("show stat").contains(",DOWN,"));
        assertEquals("bbb", spread(3));
        ask("disable server logs/b");
        assertEquals("cc", spread(2));
        ask("set server logs/c state drain");
        assertEquals("-", spread(1));
        ask("set server logs/c state ready; enable server logs/b; set server logs/b addr 127.0.0.1 port "
                + servers.get(3).port());
        assertEquals("dd", spread(2));
        weir.signal("HUP");
        Wait.until(5, () -> "no reload", () -> ask("show stat").contains("logs,b,"));
        assertEquals("dd", spread(2));
        assertNull(servers.get(0).poll(1));
    }

    /** A server that takes a stream and moves: what it has not got yet comes where it is now. */
    @Test
    void aStreamMovesWithItsServer() throws Exception {
        StringBuffer first = new StringBuffer();
        StringBuffer second = new StringBuffer();
        Origin before = stage.add(collector(first));
        Origin after = stage.add(collector(second));
        weir = stage.add(Product.WEIR.launch().port("before", before.port()).start("""
                global
                    stats socket {dir}/s level admin
                backend logs
                    mode log
                    server a 127.0.0.1:1 log-bufsize 4096
                    server b 127.0.0.1:{port:before}
                    balance roundrobin
                frontend fe
                    mode http
                    bind 127.0.0.1:{port:fe}
                    timeout client 5s
                    log backend@logs format raw local0
                    log-format "<%HP>"
                    http-request return status 200
                """));
        for (int i = 0; i < 6; i++) {
            get("/" + i);
        }
        Wait.until(5, () -> first.toString(), () -> first.toString().equals("</1>\n</3>\n</5>\n"));
        ask("set server logs/a addr 127.0.0.1 port " + after.port() + "; set server logs/b addr 127.0.0.1 port " + after.port());
        get("/6");
        get("/7");
        Wait.until(5, () -> second.toString(), () -> second.toString().lines().sorted().toList()
                .equals(List.of("</0>", "</2>", "</4>", "</6>", "</7>")));
        assertEquals("</1>\n</3>\n</5>\n", first.toString());
    }

    private static Origin collector(StringBuffer into) throws IOException {
        return Origin.of((socket, in, out) -> {
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                into.append(new String(buffer, 0, n, StandardCharsets.US_ASCII));
            }
        });
    }

    private void get(String path) throws IOException {
        try (Client client = weir.connect("fe")) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").readAll();
        }
    }
}
