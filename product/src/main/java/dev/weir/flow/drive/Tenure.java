package dev.weir.flow.drive;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The time of one generation: its number, when it began, and how many connections are still under it. Shared: atomic.
 */
public final class Tenure {

    private final int number;
    private final long beganMs;
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * @param number 1 for what the process was started with
     * @param beganMs on the clock of timers
     */
    public Tenure(int number, long beganMs) {
        this.number = number;
        this.beganMs = beganMs;
    }

    public int number() {
        return number;
    }

    public long beganMs() {
        return beganMs;
    }

    /** Client connections that it serves, or served last. */
    public int connections() {
        return connections.get();
    }

    void enter() {
        connections.incrementAndGet();
    }

    void leave() {
        connections.decrementAndGet();
    }
}
