package dev.weir.base.log;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Which server of a log backend gets the next message. Shared: atomic. */
@FunctionalInterface
public interface LogBalance {

    /** An index below the number of servers, which is not 0, for a message that is so many bytes long. */
    int choose(byte[] message, int length, int servers);

    /** One after the other. */
    static LogBalance roundRobin() {
        AtomicInteger next = new AtomicInteger();
        return (message, length, servers) -> Integer.remainderUnsigned(next.getAndIncrement(), servers);
    }

    static LogBalance random() {
        return (message, length, servers) -> ThreadLocalRandom.current().nextInt(servers);
    }

    /** Always the first. */
    static LogBalance sticky() {
        return (message, length, servers) -> 0;
    }
}
