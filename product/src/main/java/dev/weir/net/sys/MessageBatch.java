package dev.weir.net.sys;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Many datagrams to one address in one {@code sendmmsg}. The structures are made once: an array of {@code mmsghdr}, of
 * which each points to one {@code iovec} and all to the same address; only the iovecs change. Worker-owned.
 */
public final class MessageBatch {

    private static final int HEADER = 64;
    private static final int IOVEC = 16;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final long EMSGSIZE = 90;

    private final int descriptor;
    private final ByteBuffer iovecs;
    private final ByteBuffer headers;
    private final ByteBuffer address;
    private final long headersAt;

    /** @param sockaddr where to, as the kernel takes it */
    public MessageBatch(int descriptor, byte[] sockaddr, int most) {
        this.descriptor = descriptor;
        iovecs = memory(most * IOVEC);
        headers = memory(most * HEADER);
        address = memory(sockaddr.length);
        address.put(0, sockaddr);
        headersAt = addressOf(headers);
        for (int i = 0; i < most; i++) {
            headers.putLong(i * HEADER, addressOf(address)).putInt(i * HEADER + 8, sockaddr.length);
            headers.putLong(i * HEADER + 16, addressOf(iovecs) + (long) i * IOVEC).putLong(i * HEADER + 24, 1);
        }
    }

    private static ByteBuffer memory(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    /** Where a direct buffer's memory begins. */
    public static long addressOf(ByteBuffer direct) {
        return MemorySegment.ofBuffer(direct.duplicate().clear()).address();
    }

    /** The piece of memory that a datagram is. */
    public void datagram(int index, long at, int length) {
        iovecs.putLong(index * IOVEC, at).putLong(index * IOVEC + 8, length);
    }

    /** Sends the first so many; what the kernel does not take at once is lost. How many that were. */
    public int send(int count) {
        int from = 0;
        int lost = 0;
        while (from < count) {
            long sent = Sys.call(Sys.Call.SENDMMSG, descriptor, headersAt + (long) from * HEADER, count - from,
                    MSG_DONTWAIT | MSG_NOSIGNAL, 0, 0);
            if (sent > 0) {
                from += (int) sent;
            } else if (sent == -EMSGSIZE) {
                from++;
                lost++;
            } else {
                return lost + count - from;
            }
        }
        return lost;
    }
}
