/**
 * Alerts by mail.
 *
 * <p>Owner: Conductor. Must not know: what makes an alert, how configurations are written.
 */
package dev.weir.upkeep.mail;
