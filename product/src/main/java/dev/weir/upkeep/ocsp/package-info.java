/**
 * Asks authorities for fresh answers about our certificates.
 *
 * <p>Owner: Conductor. Must not know: how configurations are written, who asks by command.
 */
package dev.weir.upkeep.ocsp;
