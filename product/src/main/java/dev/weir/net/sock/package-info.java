/**
 * Addresses, listeners, connectors and socket options.
 *
 * <p>Owner: workers; listeners are bound by boot. Must not know: proxies.
 */
package dev.weir.net.sock;
