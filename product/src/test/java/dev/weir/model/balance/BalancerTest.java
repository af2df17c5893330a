package dev.weir.model.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** picks.txt and scripts.txt were recorded with HAProxy 2.6: {@code algorithm | weights | picks}. */
class BalancerTest {

    private static final class Server implements Candidate {
        final char name;
        final int configured;
        final boolean backup;
        final int maxconn;
        int weight;
        boolean maintenance;
        int load;

        Server(int index, String spec) {
            name = (char) ('A' + index);
            String[] part = spec.split("m");
            backup = part[0].endsWith("b");
            weight = Integer.parseInt(part[0].replace("b", ""));
            configured = weight;
            maxconn = part.length > 1 ? Integer.parseInt(part[1]) : 0;
        }

        @Override
        public int effectiveWeight() {
            return weight * 16;
        }

        @Override
        public boolean usable() {
            return !maintenance;
        }

        @Override
        public boolean full() {
            return maxconn > 0 && load >= maxconn;
        }

        @Override
        public boolean backup() {
            return backup;
        }

        @Override
        public int load() {
            return load;
        }
    }

    private static List<Server> servers(String specs) {
        List<Server> servers = new ArrayList<>();
        for (String spec : specs.split(",")) {
            servers.add(new Server(servers.size(), spec));
        }
        return servers;
    }

    private static Balancer<Server> balancer(String algorithm, List<Server> servers) {
        boolean all = algorithm.endsWith(" allbackups");
        int[] weights = servers.stream().mapToInt(s -> s.configured * 16).toArray();
        return switch (algorithm.replace(" allbackups", "")) {
            case "roundrobin" -> new RoundRobin<>(servers, all);
            case "leastconn" -> new LeastConnections<>(servers, all);
            case "first" -> new FirstServer<>(servers, all);
            case "static-rr" -> SlotMap.staticRoundRobin(servers, all, weights);
            default -> throw new IllegalArgumentException(algorithm);
        };
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = BalancerTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
        }
    }

    static List<String> picks() throws IOException {
        return lines("picks.txt");
    }

    static List<String> scripts() throws IOException {
        return lines("scripts.txt");
    }

    @ParameterizedTest
    @MethodSource("picks")
    void picksAsHaproxy(String row) {
        String[] part = row.split(" \\| ");
        Balancer<Server> balancer = balancer(part[0], servers(part[1]));
        StringBuilder picked = new StringBuilder();
        for (int i = 0; i < part[2].length(); i++) {
            picked.append(balancer.pick(null).name);
        }
        assertEquals(part[2], picked.toString());
    }

    /**
     * Steps: p pick and release, h pick and hold, r release the oldest, dN uN maintenance and back, wN=W weight; what
     * came is behind the colon, a dash when the connection waited in vain.
     */
    @ParameterizedTest
    @MethodSource("scripts")
    void followsChangesAsHaproxy(String row) {
        String[] part = row.split(" \\| ");
        List<Server> servers = servers(part[1]);
        Balancer<Server> balancer = balancer(part[0], servers);
        ArrayDeque<Server> held = new ArrayDeque<>();
        StringBuilder done = new StringBuilder();
        for (String step : part[2].split(" ")) {
            int server = step.length() > 1 && step.charAt(0) != 'p' && step.charAt(0) != 'h' ? step.charAt(1) - '0' : -1;
            String shown = step;
            switch (step.charAt(0)) {
                case 'p', 'h' -> {
                    Server picked = balancer.pick(null);
                    boolean got = picked != null && !picked.full();
                    shown = step.charAt(0) + ":" + (got ? String.valueOf(picked.name) : "-");
                    if (got) {
                        load(balancer, picked, 1);
                        if (step.charAt(0) == 'h') {
                            held.add(picked);
                        } else {
                            load(balancer, picked, -1);
                        }
                    }
                }
                case 'r' -> load(balancer, held.remove(), -1);
                case 'd', 'u' -> {
                    servers.get(server).maintenance = step.charAt(0) == 'd';
                    balancer.changed(servers.get(server));
                }
                default -> {
                    servers.get(server).weight = Integer.parseInt(step.substring(3));
                    balancer.changed(servers.get(server));
                }
            }
            done.append(shown).append(' ');
            assertEquals(step, shown, () -> "after " + done);
        }
    }

    private static void load(Balancer<Server> balancer, Server server, int by) {
        server.load += by;
        balancer.loadChanged(server);
    }

    @Test
    void avoidsTheFailedServerWhileThereIsAnother() {
        for (String algorithm : List.of("roundrobin", "leastconn", "first", "static-rr")) {
            List<Server> servers = servers("1,1");
            Balancer<Server> balancer = balancer(algorithm, servers);
            for (int i = 0; i < 10; i++) {
                assertSame(servers.get(1), balancer.pick(servers.get(0)), algorithm);
                assertSame(servers.get(0), balancer.pick(servers.get(1)), algorithm);
            }
            servers.get(1).maintenance = true;
            balancer.changed(servers.get(1));
            assertSame(servers.get(0), balancer.pick(servers.get(0)), algorithm);
            servers.get(0).maintenance = true;
            balancer.changed(servers.get(0));
            assertNull(balancer.pick(null), algorithm);
            assertEquals(false, balancer.hasUsable());
        }
    }

    @Test
    void serversJoinAndLeave() {
        for (String algorithm : List.of("roundrobin", "leastconn", "first", "static-rr")) {
            List<Server> servers = servers("1,1,1,2");
            Balancer<Server> balancer = balancer(algorithm, servers.subList(0, 1));
            for (Server server : servers.subList(1, 4)) {
                balancer.join(server);
            }
            servers.get(0).maintenance = true;
            balancer.leave(servers.get(0));
            int[] seen = new int[4];
            for (int i = 0; i < 40; i++) {
                Server server = balancer.pick(null);
                load(balancer, server, 1);
                seen[server.name - 'A']++;
            }
            assertEquals(0, seen[0]);
            assertEquals(40, seen[1] + seen[2] + seen[3]);
            assertEquals(algorithm.equals("first") ? 0 : 20, seen[3], 1.0, algorithm);
        }
    }
}
