package dev.weir.admin.stats;

/**
 * What the statistics page says about the process, at one moment. Immutable.
 *
 * @param version null when it is hidden ({@code stats show-version} is not set)
 * @param node null unless {@code stats show-node}
 * @param description null unless {@code stats show-desc}
 */
public record ProcessFacts(String version, String node, String description, long pid, int workers, long uptimeSeconds,
        long memoryMaxMb, long maxFds, long maxSockets, long maxConnections, long connections, long connectionRate,
        long bitsPerSecond) {
}
