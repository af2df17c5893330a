/**
 * Syslog lines and bounded buffers of them; no sockets here.
 *
 * <p>Owner: workers. Must not know: sockets and proxies.
 */
package dev.weir.base.log;
