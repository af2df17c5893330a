/**
 * Workers: event loops, engines (epoll, io_uring, NIO), timers of a turn.
 *
 * <p>Owner: workers. Must not know: proxies and protocols.
 */
package dev.weir.net.loop;
