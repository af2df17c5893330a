package dev.weir.admin.stats;

/**
 * What the statistics page says about the process, at one moment. Immutable.
 *
 * @param version null when it is hidden
 * @param released the day of that version
 * @param node null unless {@code stats show-node}
 * @param description null unless {@code stats show-desc}
 * @param memoryMaxMb 0 where memory has no limit
 */
public record ProcessFacts(String version, String released, String node, String description, long pid, int workers,
        long uptimeSeconds, long memoryMaxMb, long maxFds, long maxSockets, long maxConnections, long connections,
        long connectionRate, long bitsPerSecond, long tasks, long idlePercent) {
}
