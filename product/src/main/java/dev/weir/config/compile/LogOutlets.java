package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.log.LogSpec;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.LogOutlet;
import dev.weir.net.sock.LogWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ways out that log lines take by sockets and descriptors: one for each target and worker, whatever proxies and
 * configurations name the target, so that reloads open nothing anew. Shared: a map; what it holds is worker-owned.
 */
final class LogOutlets {

    private record Way(LogSpec.Target target, Address address, int worker) {}

    private final Map<Way, LogOutlet> all = new ConcurrentHashMap<>();

    /** How many lines have been lost so far. */
    long dropped() {
        long dropped = 0;
        for (LogOutlet each : all.values()) {
            dropped += each == null ? 0 : each.dropped();
        }
        return dropped;
    }

    /** The outlet for that target, or null when its lines leave by a ring. */
    LogOutlet of(LogSpec spec, Worker worker, LogWriter descriptors) {
        return all.computeIfAbsent(new Way(spec.target(), spec.address(), worker.index()),
                way -> LogOutlet.of(spec, worker, descriptors));
    }
}
