package dev.weir.upkeep.peers;

/**
 * What holds for all sessions with peers.
 *
 * @param pid of this process
 * @param bufferBytes the longest message
 * @param updatesAtOnce how many entries are sent before other work gets its turn
 */
public record PeerTerms(long pid, int bufferBytes, int updatesAtOnce, PeerGauges gauges) {}
