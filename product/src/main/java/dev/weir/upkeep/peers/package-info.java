/**
 * Peers: sessions with other processes that have the same stick tables, what is told to them and learned from them.
 *
 * <p>Owner: Conductor. Must not know: how configurations are written, how commands answer.
 */
package dev.weir.upkeep.peers;
