/**
 * Frontends, backends and listeners as nouns: identity, settings, limits, counters.
 *
 * <p>Owner: Conductor and workers. Must not know: rules.
 */
package dev.weir.model.proxy;
