package dev.weir.model.stick;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The names and addresses of servers that tables remember, each by a number that fits into a row; 0 is none. Numbers hold
 * for the life of the process. New names come with servers and peers, not with traffic, and their count is limited.
 * Shared: written under a lock, read as a published array.
 */
public final class KnownNames {

    private static final int MOST = 1 << 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> numbers = new HashMap<>();
    private volatile byte[][] names = {new byte[0]};

    /** The number of a name, which is made known if it is not; 0 when there are too many. */
    public int number(byte[] name) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        lock.lock();
        try {
            Integer known = numbers.get(text);
            if (known != null) {
                return known;
            }
            if (names.length >= MOST) {
                return 0;
            }
            byte[][] more = Arrays.copyOf(names, names.length + 1);
            more[names.length] = name.clone();
            numbers.put(text, names.length);
            names = more;
            return more.length - 1;
        } finally {
            lock.unlock();
        }
    }

    /** The name of a number, or null; not to be changed. */
    public byte[] name(long number) {
        byte[][] all = names;
        return number > 0 && number < all.length ? all[(int) number] : null;
    }

    /** All of them, for listings. */
    public List<byte[]> all() {
        byte[][] now = names;
        return new ArrayList<>(Arrays.asList(now).subList(1, now.length));
    }
}
