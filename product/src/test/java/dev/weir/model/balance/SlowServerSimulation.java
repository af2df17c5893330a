package dev.weir.model.balance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Ten servers of which one is slow, under requests that come when they come, with the real balancers. Each server works on eight
 * requests at a time and lets others wait; times are exponential. Time is counted, not spent, and chance has a seed.
 */
final class SlowServerSimulation {

    static final int SERVERS = 10;
    private static final int AT_ONCE = 8;
    private static final double MEAN_MICROS = 10_000;
    private static final int REQUESTS = 200_000;
    private static final int WARM_UP = 20_000;

    /** What a client saw, in milliseconds, and how much of all the slow server got. */
    record Outcome(double p50, double p99, double p999, double slowShare) {}

    private record Request(int number, double arrivedMicros) {}

    /** A request that will be done then. */
    private record Done(double atMicros, Server server, Request request) implements Comparable<Done> {

        @Override
        public int compareTo(Done other) {
            return Double.compare(atMicros, other.atMicros);
        }
    }

    private static final class Server extends LevelServer {
        final double slowness;
        final PeakLatency latency = new PeakLatency();
        final ArrayDeque<Request> waiting = new ArrayDeque<>();
        int served;

        Server(double slowness) {
            this.slowness = slowness;
        }

        @Override
        public long latencyMicros(long nowMs) {
            return latency.micros(nowMs);
        }
    }

    private final SplittableRandom random = new SplittableRandom(20);
    private final List<Server> servers = new ArrayList<>();
    private final PriorityQueue<Done> under = new PriorityQueue<>();
    private final Balancer<Server> balancer;
    private final double meanGapMicros;
    private double nowMicros;

    /**
     * @param slowness how many times longer the slow server takes
     * @param load the part of what nine servers can do that is asked for
     */
    private SlowServerSimulation(String algorithm, double slowness, double load) {
        for (int i = 0; i < SERVERS; i++) {
            servers.add(new Server(i == SERVERS / 2 ? slowness : 1));
        }
        meanGapMicros = MEAN_MICROS / (AT_ONCE * (SERVERS - 1) * load);
        balancer = switch (algorithm) {
            case "roundrobin" -> new RoundRobin<>(servers, false);
            case "leastconn" -> new LeastConnections<>(servers, false);
            case "random(2)" -> new RandomDraws<>(servers, false, s -> ServerKeys.id(servers.indexOf(s) + 1), 2,
                    random::nextInt);
            default -> new PeakEwma<>(servers, false, random::nextInt, () -> (long) (nowMicros / 1000));
        };
    }

    static Outcome run(String algorithm, double slowness, double load) {
        return new SlowServerSimulation(algorithm, slowness, load).run();
    }

    private Outcome run() {
        double[] took = new double[REQUESTS];
        int arrived = -WARM_UP;
        double next = 0;
        while (arrived < REQUESTS || !under.isEmpty()) {
            if (arrived == REQUESTS || !under.isEmpty() && under.peek().atMicros <= next) {
                Done done = under.poll();
                nowMicros = done.atMicros;
                end(done);
                if (done.request.number >= 0) {
                    took[done.request.number] = (nowMicros - done.request.arrivedMicros) / 1000;
                }
            } else {
                nowMicros = next;
                next += exponential(meanGapMicros);
                arrive(new Request(arrived++, nowMicros));
            }
        }
        Arrays.sort(took);
        Function<Double, Double> at = part -> took[(int) (REQUESTS * part)];
        int all = servers.stream().mapToInt(each -> each.served).sum();
        return new Outcome(at.apply(0.5), at.apply(0.99), at.apply(0.999),
                (double) servers.get(SERVERS / 2).served / all);
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    private void arrive(Request request) {
        Server server = balancer.pick(null);
        server.load++;
        server.served++;
        balancer.loadChanged(server);
        if (server.load <= AT_ONCE) {
            work(server, request);
        } else {
            server.waiting.add(request);
        }
    }

    private void work(Server server, Request request) {
        under.add(new Done(nowMicros + exponential(MEAN_MICROS * server.slowness), server, request));
    }

    private void end(Done done) {
        Server server = done.server;
        server.load--;
        server.latency.saw((long) (nowMicros - done.request.arrivedMicros), (long) (nowMicros / 1000));
        balancer.loadChanged(server);
        Request waiting = server.waiting.poll();
        if (waiting != null) {
            work(server, waiting);
        }
    }
}
