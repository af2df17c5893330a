package dev.weir.model.balance;

import dev.weir.base.time.Clock;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Measures what one choice of a server costs with few and with many of them. Run by hand: scripts/tables. */
final class PickCost {

    private static final int ROUNDS = 300_000;

    private PickCost() {}

    private static final class Server extends LevelServer {
        final int id;

        Server(int id) {
            this.id = id;
        }
    }

    private static Balancer<Server> balancer(String algorithm, List<Server> servers) {
        SplittableRandom random = new SplittableRandom(1);
        int[] weights = new int[servers.size()];
        java.util.Arrays.fill(weights, 16);
        return switch (algorithm) {
            case "roundrobin" -> new RoundRobin<>(servers, false);
            case "static-rr" -> SlotMap.staticRoundRobin(servers, false, weights);
            case "leastconn" -> new LeastConnections<>(servers, false);
            case "random(2)" -> new RandomDraws<>(servers, false, s -> ServerKeys.id(s.id), 2, random::nextInt);
            case "hash, map" -> SlotMap.hashMap(servers, false, weights);
            case "hash, ring" -> new HashRing<>(servers, false, s -> ServerKeys.id(s.id));
            default -> new PeakEwma<>(servers, false, random::nextInt, () -> 1);
        };
    }

    public static void main(String[] args) {
        PrintStream out = System.out;
        out.println("| balance | 2 servers | 100 | 5,000 |\n|---|---|---|---|");
        for (String algorithm : new String[] {"roundrobin", "static-rr", "leastconn", "random(2)", "hash, map", "hash, ring",
            "peak-ewma"}) {
            StringBuilder row = new StringBuilder("| ").append(algorithm);
            for (int count : new int[] {2, 100, 5000}) {
                row.append(" | ").append(nanos(algorithm, count)).append(" ns");
            }
            out.println(row.append(" |"));
        }
    }

    /** The best of some rounds: a pick, its load, and the load of one that ends. */
    private static long nanos(String algorithm, int count) {
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            servers.add(new Server(i + 1));
        }
        Balancer<Server> balancer = balancer(algorithm, servers);
        SplittableRandom random = new SplittableRandom(2);
        Server[] under = new Server[64];
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 6; round++) {
            long begun = Clock.SYSTEM.monotonicNanos();
            for (int i = 0; i < ROUNDS; i++) {
                Server gone = under[i & 63];
                if (gone != null) {
                    gone.load--;
                    balancer.loadChanged(gone);
                }
                Server picked = algorithm.startsWith("hash") ? balancer.pick(random.nextInt(), null) : balancer.pick(null);
                picked.load++;
                balancer.loadChanged(picked);
                under[i & 63] = picked;
            }
            best = Math.min(best, (Clock.SYSTEM.monotonicNanos() - begun) / ROUNDS);
        }
        return best;
    }
}
