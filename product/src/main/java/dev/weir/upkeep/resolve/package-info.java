/**
 * Name resolution while running.
 *
 * <p>Owner: Conductor. Must not know: how configurations are written.
 */
package dev.weir.upkeep.resolve;
