package dev.weir.base.log;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Which server of a log backend gets the next message. Shared: atomic. */
@FunctionalInterface
public interface LogBalance {

    /** An index below the number of servers, which is not 0. */
    int choose(int servers);

    /** One after the other. */
    static LogBalance roundRobin() {
        AtomicInteger next = new AtomicInteger();
        return servers -> Integer.remainderUnsigned(next.getAndIncrement(), servers);
    }

    static LogBalance random() {
        return servers -> ThreadLocalRandom.current().nextInt(servers);
    }

    /** Always the first. */
    static LogBalance sticky() {
        return servers -> 0;
    }
}
