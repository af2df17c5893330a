package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.NameServer;
import dev.weir.it.rig.NameServer.Manner;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Servers whose names, ports and weights name servers tell while the process runs: Weir and HAProxy make the same of each
 * answer. Which server of a template gets which address is each product's own affair.
 */
class NamesTest {

    private static final int PATIENCE_S = 8;
    private static final String FILE = """
            global
                stats socket {dir}/sock level admin
            defaults
                mode tcp
                timeout client 5s
                timeout server 5s
                timeout connect 1s
            resolvers d
                nameserver n 127.0.0.1:{port:dns}
                accepted_payload_size 8192
                timeout resolve 200ms
                timeout retry 200ms
                resolve_retries 2
                hold valid 100ms
                hold nx 300ms
                hold other 300ms
                hold timeout 300ms
                hold refused 300ms
            """;

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private Proxy start(Product product, NameServer names, Map<String, Integer> ports, String backends)
            throws IOException {
        var launch = product.launch().port("dns", names.port());
        ports.forEach(launch::port);
        return stage.add(launch.start(FILE + backends));
    }

    /** What became of a backend's servers: name to follow, port, address, weight, operation, administration; sorted. */
    private static Map<String, List<String>> states(Proxy proxy) throws IOException {
        Map<String, List<String>> all = new TreeMap<>();
        Path socket = proxy.directory().resolve("sock");
        for (String line : CommandSocket.ask(socket, "show servers state").split("\n")) {
            String[] f = line.split(" ");
            if (f.length > 20 && !f[0].equals("#")) {
                // a server that has no instance any more keeps the weight of the last one
                String weight = f[17].equals("-") ? "-" : f[7];
                all.computeIfAbsent(f[1], name -> new ArrayList<>()).add(String.join(" ", f[17], f[18], f[19], f[4],
                        weight, f[5], f[6]));
            }
        }
        all.values().forEach(Collections::sort);
        return all;
    }

    private static void alike(Proxy haproxy, Proxy weir, String backend, String... expected) throws IOException {
        List<String> wanted = new ArrayList<>(List.of(expected));
        Collections.sort(wanted);
        for (Proxy each : List.of(haproxy, weir)) {
            List<List<String>> last = new ArrayList<>();
            last.add(null);
            Wait.until(PATIENCE_S, () -> each.product() + " has for " + backend + "\n" + last.getFirst()
                    + "\ninstead of\n" + wanted, () -> {
                        last.set(0, states(each).get(backend));
                        return wanted.equals(last.getFirst());
                    });
        }
    }

    @Test
    void servicesAndTemplatesFollowTheirAnswers() throws IOException {
        Product.HAPROXY.needs(Part.START);
        NameServer names = stage.add(new NameServer());
        names.service("_http._tcp.svc", "1 256 8001 a.svc", "1 1000 8002 b.svc", "1 0 8003 c.svc");
        names.addresses("a.svc", "127.0.0.1");
        names.addresses("b.svc", "127.0.0.2");
        names.addresses("c.svc", "127.0.0.3");
        names.addresses("multi", "127.0.0.1", "127.0.0.2");
        names.addresses("one", "127.0.0.7");
        names.addresses("nets", "10.1.1.1", "192.168.3.4", "10.1.1.2");
        String backends = """
                listen l
                    bind 127.0.0.1:{port:l}
                    server-template srv 4 _http._tcp.svc resolvers d init-addr none weight 77
                backend plain
                    server-template srv 3 _http._tcp.svc resolvers d init-addr none weight 7 resolve-opts ignore-weight
                backend multi
                    server-template w 3 multi:8001 resolvers d init-addr none resolve-prefer ipv4
                backend dup
                    server-template w 2 one:80 resolvers d init-addr none resolve-prefer ipv4 resolve-opts allow-dup-ip
                backend nodup
                    server s1 one:80 resolvers d init-addr none resolve-prefer ipv4
                    server s2 one:81 resolvers d init-addr none resolve-prefer ipv4
                backend nets
                    server s nets:80 resolvers d init-addr none resolve-net 172.16.0.0/12,192.168.0.0/16
                """;
        Proxy haproxy = start(Product.HAPROXY, names, Map.of(), backends);
        Proxy weir = start(Product.WEIR, names, Map.of(), backends);
        alike(haproxy, weir, "l", "a.svc 8001 _http._tcp.svc 127.0.0.1 1 2 64", "b.svc 8002 _http._tcp.svc 127.0.0.2 4 2 64",
                "c.svc 8003 _http._tcp.svc 127.0.0.3 0 2 64", "- 0 _http._tcp.svc - - 0 32");
        alike(haproxy, weir, "plain", "a.svc 8001 _http._tcp.svc 127.0.0.1 7 2 64",
                "b.svc 8002 _http._tcp.svc 127.0.0.2 7 2 64", "c.svc 8003 _http._tcp.svc 127.0.0.3 7 2 64");
        alike(haproxy, weir, "multi", "multi 8001 - 127.0.0.1 1 2 0", "multi 8001 - 127.0.0.2 1 2 0", "multi 8001 - - 1 0 32");
        alike(haproxy, weir, "dup", "one 80 - 127.0.0.7 1 2 0", "one 80 - 127.0.0.7 1 2 0");
        alike(haproxy, weir, "nodup", "one 80 - 127.0.0.7 1 2 0", "one 81 - - 1 0 32");
        alike(haproxy, weir, "nets", "nets 80 - 192.168.3.4 1 2 0");

        names.service("_http._tcp.svc", "1 512 8001 a.svc", "1 65535 8004 d.svc", "1 0 8003 c.svc");
        names.addresses("d.svc", "127.0.0.4");
        names.addresses("a.svc", "127.0.0.9");
        names.addresses("multi", "127.0.0.2", "127.0.0.5", "127.0.0.6");
        names.drop("one");
        alike(haproxy, weir, "l", "a.svc 8001 _http._tcp.svc 127.0.0.9 2 2 64", "c.svc 8003 _http._tcp.svc 127.0.0.3 0 2 64",
                "d.svc 8004 _http._tcp.svc 127.0.0.4 256 2 64", "- 0 _http._tcp.svc - - 0 96");
        alike(haproxy, weir, "multi", "multi 8001 - 127.0.0.2 1 2 0", "multi 8001 - 127.0.0.5 1 2 0",
                "multi 8001 - 127.0.0.6 1 2 0");
        alike(haproxy, weir, "dup", "one 80 - - 1 0 32", "one 80 - - 1 0 32");

        names.addresses("multi", "127.0.0.5");
        names.drop("_http._tcp.svc");
        alike(haproxy, weir, "multi", "multi 8001 - 127.0.0.5 1 2 0", "multi 8001 - - 1 0 32", "multi 8001 - - 1 0 32");
        alike(haproxy, weir, "plain", "- 0 _http._tcp.svc - - 0 96", "- 0 _http._tcp.svc - - 0 96",
                "- 0 _http._tcp.svc - - 0 96");
    }

    /** Late, cut, false or endless answers: states as the manual says, and those of good names are none the worse. */
    @Test
    void badAnswersMakeTheSameOfServers() throws IOException {
        Product.HAPROXY.needs(Part.START);
        NameServer names = stage.add(new NameServer());
        StringBuilder backends = new StringBuilder("""
                listen l
                    bind 127.0.0.1:{port:l}
                    server good good:80 resolvers d init-addr none
                """);
        names.add("good");
        for (Manner manner : Manner.values()) {
            String name = manner.toString().toLowerCase().replace('_', '-');
            names.behave(name, manner);
            backends.append("backend ").append(name).append("\n    server s ").append(name).append(
                    ":80 resolvers d init-addr 127.0.0.99 resolve-prefer ipv4\n");
        }
        Proxy haproxy = start(Product.HAPROXY, names, Map.of(), backends.toString());
        Proxy weir = start(Product.WEIR, names, Map.of(), backends.toString());
        alike(haproxy, weir, "l", "good 80 - 127.0.0.1 1 2 0");
        for (Manner manner : Manner.values()) {
            String name = manner.toString().toLowerCase().replace('_', '-');
            if (manner == Manner.HUNDRED) {
                Wait.until(PATIENCE_S, () -> "no address", () -> states(weir).get(name).getFirst().contains(" 127.0.1."));
                Wait.until(PATIENCE_S, () -> "no address", () -> states(haproxy).get(name).getFirst().contains(" 127.0.1."));
            } else if (manner == Manner.LARGE) {
                // HAProxy does not ask again
                Wait.until(PATIENCE_S, () -> "no address",
                        () -> states(weir).get(name).getFirst().contains(" 127.0.0.1 1 2 0"));
            } else {
                alike(haproxy, weir, name, name + " 80 - - 1 0 32");
            }
        }
        alike(haproxy, weir, "l", "good 80 - 127.0.0.1 1 2 0");
        assertTrue(weir.isAlive());
    }

    /** Beyond HAProxy: a template without a last number, and priorities. New connections go where the answers say. */
    @Test
    void templatesGrowAndPrioritiesCount() throws IOException {
        NameServer names = stage.add(new NameServer());
        Map<String, Integer> ports = new TreeMap<>();
        for (String each : List.of("a", "b", "c", "d", "e")) {
            ports.put(each, stage.add(Origin.named(each)).port());
        }
        names.add("here");
        names.service("_s._tcp.x", instances(ports, "10 256 a", "10 256 b", "20 256 c", "20 256 d"));
        Proxy weir = start(Product.WEIR, names, ports, """
                listen l
                    bind 127.0.0.1:{port:l}
                    balance roundrobin
                    server-template w 1- _s._tcp.x resolvers d init-addr none
                listen flat
                    bind 127.0.0.1:{port:flat}
                    balance roundrobin
                    server-template w 4 _s._tcp.x resolvers d init-addr none resolve-opts weir.ignore-priority
                """);
        awaits(weir, "l", "ab");
        awaits(weir, "flat", "abcd");
        names.service("_s._tcp.x", instances(ports, "20 256 c", "20 256 d", "30 256 a"));
        awaits(weir, "l", "cd");
        Wait.until(PATIENCE_S, () -> "servers without an instance stay", () -> states(weir).get("l").size() == 3);
        names.service("_s._tcp.x", instances(ports, "20 256 c", "20 256 d", "20 256 e", "30 256 a", "20 256 b"));
        awaits(weir, "l", "bcde");
        assertEquals(5, states(weir).get("l").size());
        Path socket = weir.directory().resolve("sock");
        for (String server : List.of("w1", "w2", "w3", "w4", "w5")) {
            String state = CommandSocket.ask(socket, "show servers state l");
            int at = state.indexOf(" " + server + " ");
            if (!state.substring(at).split("\n")[0].contains(" " + ports.get("a") + " ")) {
                CommandSocket.ask(socket, "disable server l/" + server);
            }
        }
        awaits(weir, "l", "a");
        weir.signal("HUP");
        names.service("_s._tcp.x", instances(ports, "1 256 a", "1 256 b", "1 256 c", "1 256 d", "1 256 e"));
        Wait.until(PATIENCE_S, () -> "servers do not last over a reload", () -> states(weir).get("l").size() == 5);
        for (int i = 1; i <= 5; i++) {
            CommandSocket.ask(socket, "enable server l/w" + i);
        }
        awaits(weir, "l", "abcde");
    }

    /** What a state file says of a service's instances holds until the next answer; HAProxy reads it alike. */
    @Test
    void stateFilesTellWhichInstancesServersWere() throws IOException {
        Product.HAPROXY.needs(Part.START);
        NameServer names = stage.add(new NameServer());
        names.behave("_http._tcp.svc", Manner.SILENT);
        String backends = """
                listen l
                    bind 127.0.0.1:{port:l}
                    load-server-state-from-file local
                    server-state-file-name %s
                    server-template srv 3 _http._tcp.svc resolvers slow init-addr last,none
                resolvers slow
                    nameserver n 127.0.0.1:{port:dns}
                    timeout resolve 1s
                    timeout retry 10s
                    hold timeout 30s
                """;
        Path file = Files.createTempFile("weir-states", "");
        Files.writeString(file, "1\n# be_id be_name srv_id ...\n"
                + "2 l 1 srv1 127.0.0.7 2 64 4 1 9 1 0 2 0 0 0 0 a.svc 8001 _http._tcp.svc 0 0 - - 0\n"
                + "2 l 9 gone 127.0.0.8 2 64 1 1 9 1 0 2 0 0 0 0 b.svc 8002 _http._tcp.svc 0 0 - - 0\n");
        List<Proxy> both = new ArrayList<>();
        for (Product product : List.of(Product.HAPROXY, Product.WEIR)) {
            both.add(start(product, names, Map.of(), backends.formatted(file)));
        }
        Files.delete(file);
        alike(both.get(0), both.get(1), "l", "a.svc 8001 _http._tcp.svc 127.0.0.7 4 2 0", "- 0 _http._tcp.svc - - 0 32",
                "- 0 _http._tcp.svc - - 0 32");
    }

    /** Servers added by command follow a section's name servers, and are forgotten with them; templates may have cookies. */
    @Test
    void addedServersFollowASection() throws IOException {
        NameServer names = stage.add(new NameServer());
        names.addresses("late.x", "127.0.0.3");
        names.addresses("many.x", "127.0.0.4", "127.0.0.5");
        Proxy weir = start(Product.WEIR, names, Map.of(), """
                listen l
                    bind 127.0.0.1:{port:l}
                    mode http
                    monitor-uri /alive
                    timeout http-request 2s
                    cookie S insert
                    server base 127.0.0.1:1 check
                    server-template w 1- many.x:80 resolvers d init-addr none cookie c track base resolve-prefer ipv4
                global
                    httpclient.resolvers.id d
                    httpclient.resolvers.prefer ipv4
                """);
        names.add("own.x");
        Path socket = weir.directory().resolve("sock");
        Wait.until(PATIENCE_S, () -> "the template does not grow", () -> states(weir).get("l").size() == 3);
        assertTrue(CommandSocket.ask(socket, "expert-mode on; httpclient GET http://own.x:" + weir.port("l") + "/alive")
                .contains("HTTP/1.1 200 OK"));
        assertTrue(CommandSocket.ask(socket, "expert-mode on; httpclient GET http://nobody.x/").contains("HTTP/1.1 503"));
        assertTrue(CommandSocket.ask(socket, "show stat l 4 -1").contains("l/base"));
        assertEquals("unable to find required resolvers 'e'\n", CommandSocket.ask(socket,
                "add server l/s late.x:80 resolvers e").stripLeading().replaceAll("\\n+$", "\n"));
        assertTrue(CommandSocket.ask(socket, "add server l/s late.x:80 resolvers d resolve-prefer ipv4").contains(
                "New server registered."));
        CommandSocket.ask(socket, "enable server l/s");
        Wait.until(PATIENCE_S, () -> "not resolved",
                () -> states(weir).get("l").contains("late.x 80 - 127.0.0.3 1 2 0"));
        names.addresses("late.x", "127.0.0.9");
        Wait.until(PATIENCE_S, () -> "not followed",
                () -> states(weir).get("l").contains("late.x 80 - 127.0.0.9 1 2 0"));
        weir.signal("HUP");
        names.addresses("late.x", "127.0.0.10");
        Wait.until(PATIENCE_S, () -> "not followed after a reload",
                () -> states(weir).get("l").contains("late.x 80 - 127.0.0.10 1 2 0"));
        names.addresses("many.x", "127.0.0.5", "127.0.0.6", "127.0.0.7", "127.0.0.8");
        Wait.until(PATIENCE_S, () -> "it grows no more", () -> states(weir).get("l").size() == 6);
        names.addresses("many.x", "127.0.0.8");
        Wait.until(PATIENCE_S, () -> "it does not shrink", () -> states(weir).get("l").size() < 5);
        CommandSocket.ask(socket, "disable server l/s");
        assertTrue(CommandSocket.ask(socket, "del server l/s").contains("Server deleted."));
    }

    private static String[] instances(Map<String, Integer> ports, String... all) {
        String[] lines = new String[all.length];
        for (int i = 0; i < lines.length; i++) {
            int last = all[i].lastIndexOf(' ');
            lines[i] = all[i].substring(0, last) + " " + ports.get(all[i].substring(last + 1)) + " here";
        }
        return lines;
    }

    /** Until a round of ten connections reaches these and no others. */
    private static void awaits(Proxy weir, String port, String expected) {
        StringBuilder last = new StringBuilder();
        Wait.until(PATIENCE_S, () -> port + " leads to " + last + " instead of " + expected, () -> {
            last.setLength(0);
            java.util.TreeSet<String> seen = new java.util.TreeSet<>();
            for (int i = 0; i < 10; i++) {
                try (var client = weir.connect(port)) {
                    byte[] answer = client.socket().getInputStream().readNBytes(1);
                    seen.add(new String(answer, StandardCharsets.US_ASCII));
                }
            }
            seen.forEach(last::append);
            return last.toString().equals(expected);
        });
    }
}
