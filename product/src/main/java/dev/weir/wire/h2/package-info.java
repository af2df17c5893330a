/**
 * HTTP/2 as bytes: frames, HPACK, heads.
 *
 * <p>Owner: workers. Must not know: sockets, clocks, configuration.
 */
package dev.weir.wire.h2;
