/**
 * TLS by the system's OpenSSL 3: contexts, certificates, and the state of one encrypted connection.
 *
 * <p>All unsafe code for it is here. Owner: contexts are made once and never changed after they are published; a link and
 * what it holds of the library belong to the worker of its connection, which frees them. Nothing here is loaded unless a
 * configuration asks for TLS. Must not know: channels, proxies, rules.
 */
package dev.weir.net.tls;
