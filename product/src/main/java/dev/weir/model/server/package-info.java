/**
 * Servers: identity, settings, state, limits, counters.
 *
 * <p>Owner: written by the Conductor, read by workers. Must not know: rules.
 */
package dev.weir.model.server;
