/**
 * The PROXY protocol v1 and v2, NetScaler CIP and SOCKS4 as bytes.
 *
 * <p>Owner: workers. Must not know: sockets, clocks, configuration.
 */
package dev.weir.wire.proxyv;
