package io.netty.channel.uring;

import io.netty.channel.Channel;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Tells whether the kernel is reading for a channel. While it is, nobody else may take bytes from the socket, since both would
 * get pieces of one stream. The transport keeps that number to itself, so this one class stands in its package
 * (docs/DECISIONS.md). Stateless.
 */
public final class IoUringReads {

    private static final VarHandle OUTSTANDING = outstanding();

    private IoUringReads() {}

    private static VarHandle outstanding() {
        try {
            return MethodHandles.privateLookupIn(AbstractIoUringChannel.class, MethodHandles.lookup())
                    .findVarHandle(AbstractIoUringChannel.class, "numOutstandingReads", short.class);
        } catch (ReflectiveOperationException another) {
            return null;
        }
    }

    /** Whether a read is under way, or it cannot be known. On the channel's thread. */
    public static boolean areUnderWay(Channel channel) {
        return OUTSTANDING == null || !(channel instanceof AbstractIoUringChannel ring) || (short) OUTSTANDING.get(ring) != 0;
    }
}
