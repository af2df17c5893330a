/**
 * HTTP/1 messages as bytes.
 *
 * <p>Owner: workers. Must not know: sockets, clocks, configuration.
 */
package dev.weir.wire.h1;
