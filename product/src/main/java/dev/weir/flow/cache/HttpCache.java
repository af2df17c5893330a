package dev.weir.flow.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The objects of one {@code cache} section. When room is needed, those go first that were used longest ago. Shared: a lock
 * that is held for one look-up or change.
 */
public final class HttpCache {

    private final CacheSpec spec;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<CacheKey, List<CachedObject>> objects = new HashMap<>();
    /** In the order of their last use. */
    private final LinkedHashMap<CachedObject, Boolean> order = new LinkedHashMap<>(16, 0.75f, true);
    private int used;

    public HttpCache(CacheSpec spec) {
        this.spec = spec;
    }

    public CacheSpec spec() {
        return spec;
    }

    /** The object for a request, counted as in use; null when there is none. */
    CachedObject find(CacheKey key, Variant variant, long nowMs) {
        lock.lock();
        try {
            List<CachedObject> same = objects.get(key);
            for (int i = same == null ? -1 : same.size() - 1; i >= 0; i--) {
                CachedObject object = same.get(i);
                if (object.expiresMs() <= nowMs) {
                    drop(object);
                } else if (object.isGoodFor(variant)) {
                    order.get(object);
                    object.users().incrementAndGet();
                    return object;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps an object in place of what there was for such requests; not when it is one variant too many. */
    void store(CachedObject object, long nowMs) {
        if (object.size() > spec.largest() || object.blocks() > spec.blocks()) {
            return;
        }
        lock.lock();
        try {
            List<CachedObject> same = objects.getOrDefault(object.key(), List.of());
            for (CachedObject other : new ArrayList<>(same)) {
                boolean replaced = other.varies() == object.varies() && other.coding() == object.coding()
                        && other.isGoodFor(object.variant());
                if (replaced || other.expiresMs() <= nowMs || object.varies() == 0 || other.varies() == 0) {
                    drop(other);
                }
            }
            if (objects.getOrDefault(object.key(), List.of()).size() >= spec.variants()) {
                return;
            }
            for (Iterator<CachedObject> oldest = List.copyOf(order.keySet()).iterator();
                    used + object.blocks() > spec.blocks(); ) {
                drop(oldest.next());
            }
            objects.computeIfAbsent(object.key(), key -> new ArrayList<>(1)).add(object);
            order.put(object, true);
            used += object.blocks();
        } finally {
            lock.unlock();
        }
    }

    /** What was known for these requests has been changed by one that is not safe. */
    void forget(CacheKey key) {
        lock.lock();
        try {
            for (CachedObject object : List.copyOf(objects.getOrDefault(key, List.of()))) {
                drop(object);
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop(CachedObject object) {
        List<CachedObject> same = objects.get(object.key());
        if (same != null && same.remove(object)) {
            order.remove(object);
            used -= object.blocks();
            if (same.isEmpty()) {
                objects.remove(object.key());
            }
        }
    }

    /** Blocks that no new object can take now, since somebody is given what is in them. */
    private int given() {
        int blocks = 0;
        for (CachedObject object : order.keySet()) {
            blocks += object.users().get() > 0 ? object.blocks() : 0;
        }
        return blocks;
    }

    /** As {@code show cache} tells it. */
    public void describe(StringBuilder out, long nowMs) {
        lock.lock();
        try {
            String at = Integer.toHexString(System.identityHashCode(this));
            out.append("0x").append(at).append(": ").append(spec.name()).append(" (shctx:0x").append(at)
                    .append(", available blocks:").append(spec.blocks() - given()).append(")\n");
            for (CachedObject object : order.keySet()) {
                String vary = Long.toHexString(object.varies() == 0 ? 0 : (long) object.coding() << 48);
                out.append("0x").append(Integer.toHexString(System.identityHashCode(object))).append(" hash:")
                        .append(object.key().hash() & 0xffff_ffffL).append(" vary:0x")
                        .append("0".repeat(16 - vary.length())).append(vary).append(" type:full size:")
                        .append(object.size()).append(" (").append(object.blocks()).append(" blocks), refcount:")
                        .append(object.users().get()).append(", expire:")
                        .append((object.expiresMs() - nowMs) / 1000).append('\n');
            }
        } finally {
            lock.unlock();
        }
    }
}
