/**
 * The peers protocol as bytes: numbers, greetings, messages, table definitions, entries and the names that a session
 * sends once.
 *
 * <p>Owner: the Conductor. Must not know: sockets, clocks, stick tables, configuration.
 */
package dev.weir.wire.peer;
