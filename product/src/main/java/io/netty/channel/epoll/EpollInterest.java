package io.netty.channel.epoll;

import io.netty.channel.Channel;

/**
 * Keeps a channel's interest from becoming empty. The transport takes a descriptor out of its epoll set when nothing is
 * asked of it, which happens when the peer has ended while reading was paused; it then fails to put it back, and what
 * the peer had sent is lost. It offers no public way around that, so this one class stands in its package
 * (docs/DECISIONS.md). Stateless.
 */
public final class EpollInterest {

    private EpollInterest() {}

    /** Asks for what the kernel reports anyway. For a channel that is not registered: costs no system call. */
    public static void keep(Channel channel) {
        if (channel instanceof AbstractEpollChannel epoll) {
            try {
                epoll.setFlag(EpollIoOps.EPOLLERR.value);
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
