/**
 * The one message alphabet and the protocol engines of connections.
 *
 * <p>Owner: workers. Must not know: proxies and rules.
 */
package dev.weir.net.mux;
