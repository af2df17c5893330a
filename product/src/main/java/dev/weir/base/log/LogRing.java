package dev.weir.base.log;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Messages in a bounded area of memory, the oldest giving way to new ones; but none that a reader still has to get: then
 * the new one is lost instead. Any number of writers, at most one reader that consumes. Shared: one lock, held for one
 * copy.
 */
public final class LogRing {

    private static final int LENGTH_BYTES = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] area;
    private final boolean isConsumed;
    /** The same once more where it can be looked at afterwards, or null. */
    private final RingFile file;
    /** Positions that only grow; the place in the area is the remainder. */
    private long oldest;
    private long unread;
    private long end;

    /** @param isConsumed whether a reader takes the messages one by one */
    public LogRing(int size, boolean isConsumed) {
        area = new byte[Math.max(size, 64)];
        this.isConsumed = isConsumed;
        file = null;
    }

    /** One that nobody consumes, kept in a file too. */
    public LogRing(RingFile file) {
        area = new byte[file.areaBytes()];
        isConsumed = false;
        this.file = file;
    }

    /** Adds a message, or says no when there is no room for it. */
    public boolean add(byte[] message, int length) {
        int needed = LENGTH_BYTES + length;
        if (needed > area.length) {
            return false;
        }
        lock.lock();
        try {
            while (end + needed - oldest > area.length) {
                if (isConsumed && oldest == unread) {
                    return false;
                }
                oldest += LENGTH_BYTES + lengthAt(oldest);
            }
            for (int i = 0; i < LENGTH_BYTES; i++) {
                area[place(end + i)] = (byte) (length >>> 8 * i);
            }
            int from = place(end + LENGTH_BYTES);
            int first = Math.min(length, area.length - from);
            System.arraycopy(message, 0, area, from, first);
            System.arraycopy(message, first, area, 0, length - first);
            end += needed;
            if (file != null) {
                mirror(end - needed, end);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void mirror(long from, long to) {
        int place = place(from);
        int length = (int) (to - from);
        int first = Math.min(length, area.length - place);
        file.put(place, area, place, first);
        file.put(0, area, 0, length - first);
        file.reach(oldest, end);
    }

    /** Replaces the line by the next message that was not taken yet; false when there is none. */
    public boolean take(LogLine out) {
        lock.lock();
        try {
            if (unread == end) {
                return false;
            }
            unread = copy(unread, out);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Replaces the line by the message at a position, or by the oldest there is. The answer is the position of the next
     * one, or -1 when there is none. Begin with 0.
     */
    public long read(long position, LogLine out) {
        lock.lock();
        try {
            long from = Math.max(position, oldest);
            return from >= end ? -1 : copy(from, out);
        } finally {
            lock.unlock();
        }
    }

    private long copy(long position, LogLine out) {
        int length = lengthAt(position);
        int from = place(position + LENGTH_BYTES);
        int first = Math.min(length, area.length - from);
        out.clear();
        out.put(area, from, first);
        out.put(area, 0, length - first);
        return position + LENGTH_BYTES + length;
    }

    private int lengthAt(long position) {
        int length = 0;
        for (int i = 0; i < LENGTH_BYTES; i++) {
            length |= (area[place(position + i)] & 0xff) << 8 * i;
        }
        return length;
    }

    private int place(long position) {
        return (int) (position % area.length);
    }
}
