/**
 * The runtime socket: its protocol, the table of commands, and answers that are written while the client reads.
 *
 * <p>Owner: the Conductor. Must not know: what any command does.
 */
package dev.weir.admin.cli;
