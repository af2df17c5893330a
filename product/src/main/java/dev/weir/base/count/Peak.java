package dev.weir.base.count;

import java.util.concurrent.atomic.AtomicLong;

/** The highest value that was offered: {@code rate_max} and the like. Shared: atomic. */
public final class Peak {

    private final AtomicLong highest = new AtomicLong();

    public void offer(long value) {
        long seen = highest.get();
        while (value > seen && !highest.weakCompareAndSetVolatile(seen, value)) {
            seen = highest.get();
        }
    }

    public long value() {
        return highest.get();
    }

    public void clear() {
        highest.set(0);
    }
}
