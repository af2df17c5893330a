package dev.weir.config.compile;

/**
 * {@code weir.snapshot}: where what a process knows outlives it, how often it is written, and how old it may be when
 * another process begins with it. Immutable.
 */
public record SnapshotSpec(String file, int everyMs, int maxAgeMs) {

    public static final int EVERY_MS = 30_000;
    public static final int MAX_AGE_MS = 3_600_000;
}
