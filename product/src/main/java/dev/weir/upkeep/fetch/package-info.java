/**
 * Asks servers over HTTP for whoever wants to see an answer.
 *
 * <p>Owner: Conductor. Must not know: how configurations are written, who asks by command.
 */
package dev.weir.upkeep.fetch;
