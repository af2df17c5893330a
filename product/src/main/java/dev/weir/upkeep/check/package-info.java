/**
 * Health checks.
 *
 * <p>Owner: Conductor and workers. Must not know: how configurations are written.
 */
package dev.weir.upkeep.check;
