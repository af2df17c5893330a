/**
 * The head of an HTTP message in the one form that every version of the protocol, every rule and every responder shares.
 *
 * <p>Owner: workers. Must not know: sockets, clocks, configuration, and how any version writes a head on its wire.
 */
package dev.weir.wire.http;
