/**
 * Addresses as values: what a socket is bound or connected to, and what a PROXY header or a log line says.
 *
 * <p>Owner: anyone, all of it is immutable. Must not know: sockets, names, the resolver.
 */
package dev.weir.base.address;
