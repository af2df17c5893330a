/**
 * Stick tables: what is remembered about a key for some time (configuration.txt 11), and the counters that an exchange
 * tracks in them.
 *
 * <p>Owner: tables are shared by all workers, a lock per shard; tracked entries belong to one worker. Must not know:
 * proxies, servers, expressions, how peers are spoken to. Time is an argument everywhere: milliseconds of the workers'
 * clock.
 */
package dev.weir.model.stick;
