package dev.weir.base.time;

/**
 * The source of time. Everything that measures or waits asks one of these, so that tests can turn it by hand.
 * Immutable.
 */
public interface Clock {

    /** Nanoseconds from an arbitrary start, never going back. */
    long monotonicNanos();

    /** Milliseconds of the same clock. */
    default long millis() {
        return monotonicNanos() / 1_000_000;
    }

    /** Microseconds since 1970, as the wall shows it. */
    long wallMicros();

    Clock SYSTEM = new Clock() {
        @Override
        public long monotonicNanos() {
            return System.nanoTime();
        }

        @Override
        public long wallMicros() {
            java.time.Instant now = java.time.Instant.now();
            return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        }
    };
}
