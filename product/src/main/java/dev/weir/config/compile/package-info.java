/**
 * Registries of the vocabulary, and the way from Spec to Program.
 *
 * <p>Owner: boot. Must not know: sockets.
 */
package dev.weir.config.compile;
