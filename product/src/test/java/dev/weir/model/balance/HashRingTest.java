package dev.weir.model.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.address.Address;
import dev.weir.base.address.IpText;
import dev.weir.base.hash.Hash32;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** sources.txt holds which server HAProxy 2.6 gave to each of 80 clients with {@code balance source}. */
class HashRingTest {

    private static final class Server implements Candidate {
        final int id;
        int weight;
        boolean down;
        int load;
        int maxconn;
        boolean queueFull;

        Server(int id, int weight) {
            this.id = id;
            this.weight = weight;
        }

        @Override public int effectiveWeight() { return weight * 16; }
        @Override public boolean usable() { return !down; }
        @Override public boolean full() { return maxconn > 0 && load >= maxconn; }
        @Override public boolean backup() { return false; }
        @Override public boolean hasFullQueue() { return queueFull; }
        @Override public int load() { return load; }
    }

    private static List<Server> servers(String weights) {
        List<Server> servers = new ArrayList<>();
        for (String weight : weights.split(",")) {
            servers.add(new Server(servers.size() + 1, Integer.parseInt(weight)));
        }
        return servers;
    }

    private static HashRing<Server> ring(List<Server> servers) {
        return new HashRing<>(servers, false, s -> ServerKeys.id(s.id));
    }

    static List<String> rows() throws IOException {
        try (InputStream in = HashRingTest.class.getResourceAsStream("sources.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
        }
    }

    static List<String> placements() throws IOException {
        return rows().subList(1, rows().size());
    }

    @ParameterizedTest
    @MethodSource("placements")
    void placesClientsAsHaproxy(String row) throws IOException {
        String[] part = row.split(" \\| ");
        List<Server> servers = servers(part[1]);
        boolean consistent = part[0].startsWith("consistent");
        // a function named without the word avalanche goes without it
        boolean avalanche = part[0].equals("consistent") || part[0].endsWith("avalanche");
        int[] weights = servers.stream().mapToInt(Server::effectiveWeight).toArray();
        Balancer<Server> balancer = consistent ? ring(servers) : SlotMap.hashMap(servers, false, weights);
        StringBuilder picked = new StringBuilder();
        for (String client : rows().getFirst().split(" \\| ")[1].split(" ")) {
            int hash = ServerKeys.source(IpText.parse(client));
            picked.append((char) ('A' - 1 + balancer.pick(avalanche ? Hash32.avalanche(hash) : hash, null).id));
        }
        assertEquals(part[2], picked.toString());
    }

    @Test
    void movesOnlyWhatItMustAndComesBack() {
        List<Server> servers = servers("1,2,3,4");
        HashRing<Server> ring = ring(servers);
        Random random = new Random(1);
        int[] hashes = random.ints(500).toArray();
        Server[] before = new Server[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            before[i] = ring.pick(hashes[i], null);
        }
        Server gone = servers.get(2);
        gone.down = true;
        ring.changed(gone);
        for (int i = 0; i < hashes.length; i++) {
            Server now = ring.pick(hashes[i], null);
            if (before[i] == gone) {
                assertNotSame(gone, now);
            } else {
                assertSame(before[i], now);
            }
        }
        gone.down = false;
        ring.changed(gone);
        for (int i = 0; i < hashes.length; i++) {
            assertSame(before[i], ring.pick(hashes[i], null));
            assertNotSame(before[i], ring.pick(hashes[i], before[i]));
        }
    }

    @Test
    void takesTurnsWithoutAKeyPassingFullServers() {
        List<Server> servers = servers("1,2");
        HashRing<Server> ring = ring(servers);
        int[] seen = new int[3];
        for (int i = 0; i < 48; i++) {
            seen[ring.pick(null).id]++;
        }
        assertEquals(16, seen[1]);
        servers.get(1).maxconn = 1;
        servers.get(1).load = 1;
        for (int i = 0; i < 48; i++) {
            assertEquals(1, ring.pick(null).id);
        }
        servers.get(0).maxconn = 1;
        servers.get(0).load = 1;
        assertNull(ring.pick(null));
    }

    @Test
    void randomPrefersTheLessLoadedAndQueuesWhenTheWinnerIsFull() {
        List<Server> servers = servers("1,1,1");
        Random random = new Random(5);
        RandomDraws<Server> draws = new RandomDraws<>(servers, false, s -> ServerKeys.id(s.id), 2, random::nextInt);
        for (int i = 0; i < 3000; i++) {
            draws.pick(null).load++;
        }
        for (Server server : servers) {
            assertEquals(1000, server.load, 30);
        }
        servers.get(0).down = true;
        draws.changed(servers.get(0));
        servers.get(1).maxconn = 1;
        servers.get(2).load = 0;
        boolean queued = false;
        for (int i = 0; i < 200; i++) {
            Server picked = draws.pick(null);
            queued |= picked == null;
            assertTrue(picked == null || picked == servers.get(2));
        }
        assertTrue(queued);
    }

    @Test
    void keysFollowTheAddress() {
        Address local = IpText.parse("127.0.0.1").withPort(80);
        assertEquals(Hash32.avalanche(0x0100007f), ServerKeys.address(local, 1));
        assertEquals(Hash32.avalanche(Hash32.avalanche(80) + 0x0100007f), ServerKeys.addressAndPort(local, 1));
        assertEquals(3 * 4096, ServerKeys.address(Address.NONE, 3));
        assertEquals(Hash32.avalanche(0x01000000), ServerKeys.id32(1));
        assertEquals(Hash32.xxh32(IpText.parse("::1").ipBytes(), 0, 16, 0), ServerKeys.address(IpText.parse("::1"), 1));
        assertEquals(2 * 4096, ServerKeys.guid(null, 2));
    }

    /** hash-preserve-affinity: keys leave a server that is full for the next on the ring, and only as long as it is. */
    @Test
    void keysLeaveFullServersWhereTheyMay() {
        for (HashRing.Affinity affinity : HashRing.Affinity.values()) {
            List<Server> servers = servers("1,1,1,1");
            HashRing<Server> ring = new HashRing<>(servers, false, s -> ServerKeys.id(s.id), 0, affinity);
            Random random = new Random(4);
            int elsewhere = 0;
            for (int i = 0; i < 500; i++) {
                int key = random.nextInt();
                servers.forEach(each -> each.queueFull = false);
                servers.forEach(each -> each.maxconn = 0);
                Server own = ring.pick(key, null);
                own.load = 1;
                own.maxconn = 1;
                Server whenFull = ring.pick(key, null);
                own.queueFull = true;
                Server whenNoneMayWait = ring.pick(key, null);
                assertEquals(affinity != HashRing.Affinity.MAXCONN, whenFull == own, affinity + " when full");
                assertEquals(affinity == HashRing.Affinity.ALWAYS, whenNoneMayWait == own, affinity + " with a full queue");
                servers.forEach(each -> each.queueFull = true);
                servers.forEach(each -> each.maxconn = 1);
                servers.forEach(each -> each.load = 1);
                Server last = ring.pick(key, null);
                assertSame(last, ring.pick(key, null), "when all are full whoever is last on the way round has it in its queue");
                elsewhere += last == own ? 0 : 1;
                servers.forEach(each -> each.load = 0);
                servers.forEach(each -> each.queueFull = false);
                assertSame(own, ring.pick(key, null));
            }
            assertEquals(affinity == HashRing.Affinity.ALWAYS, elsewhere == 0, affinity + " " + elsewhere);
        }
    }
}
