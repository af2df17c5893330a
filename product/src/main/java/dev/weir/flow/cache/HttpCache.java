package dev.weir.flow.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The objects of one {@code cache} section. When room is needed, those go first that were used longest ago. Shared: a lock
 * that is held for one look-up or change.
 */
public final class HttpCache {

    private static final long UNKEPT_MS = 10_000;
    private static final int MOST_UNKEPT = 1000;

    private record Moment(long ms) {}

    private final CacheSpec spec;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<CacheKey, List<CachedObject>> objects = new HashMap<>();
    /** In the order of their last use. */
    private final LinkedHashMap<CachedObject, Boolean> order = new LinkedHashMap<>(16, 0.75f, true);
    /** What requests have gone for, and when. */
    private final Map<CacheKey, Moment> fetched = new HashMap<>();
    /** What could not be kept, and until when nobody waits for it therefore. */
    private final LinkedHashMap<CacheKey, Moment> unkept = new LinkedHashMap<>();
    private final HintShelf hints = new HintShelf();
    /** Blocks of whole objects. */
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
                    reduce(object, false);
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
            hints.remove(object.key());
            makeRoom(object.blocks());
            objects.computeIfAbsent(object.key(), key -> new ArrayList<>(1)).add(object);
            order.put(object, true);
            used += object.blocks();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a request is to go for an answer; if not, another has gone for it. */
    boolean beginFetch(CacheKey key, long nowMs) {
        lock.lock();
        try {
            Moment until = unkept.get(key);
            Moment since = fetched.get(key);
            boolean goes = until != null && until.ms > nowMs || since == null || nowMs - since.ms >= spec.patienceMs();
            if (goes) {
                fetched.put(key, new Moment(nowMs));
            }
            return goes;
        } finally {
            lock.unlock();
        }
    }

    /** @param worthwhile whether others should wait for such an answer the next time too */
    void endFetch(CacheKey key, boolean worthwhile, long nowMs) {
        lock.lock();
        try {
            fetched.remove(key);
            if (!worthwhile) {
                unkept.putLast(key, new Moment(nowMs + UNKEPT_MS));
                if (unkept.size() > MOST_UNKEPT) {
                    unkept.pollFirstEntry();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Keeps links of an answer that is not kept itself. */
    void storeHints(HintShelf.Entry entry) {
        lock.lock();
        try {
            if (entry.blocks() <= spec.hintBlocks()) {
                hints.remove(entry.key());
                makeRoom(entry.blocks());
                hints.put(entry);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The links known for a request; none if nothing is. */
    List<byte[]> hints(CacheKey key) {
        if (spec.hints() == CacheSpec.Hints.OFF) {
            return List.of();
        }
        lock.lock();
        try {
            HintShelf.Entry entry = hints.find(key);
            if (entry != null) {
                return entry.links();
            }
            // another variant of the page
            List<CachedObject> same = objects.get(key);
            return same == null ? List.of() : same.getLast().links();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets go until so many blocks are free: hints when they hold their share, else what was used longest ago, of which
     * its hints stay if that helps.
     */
    private void makeRoom(int blocks) {
        while (used + hints.blocks() + blocks > spec.blocks()) {
            if (!hints.isEmpty() && (order.isEmpty() || hints.blocks() >= spec.hintBlocks())) {
                hints.dropOldest();
            } else {
                reduce(order.firstEntry().getKey(), true);
            }
        }
    }

    /** Of an object its links are left, if it has any; where room is needed, if they take less. */
    private void reduce(CachedObject object, boolean forRoom) {
        drop(object);
        HintShelf.Entry left = new HintShelf.Entry(object.key(), object.links(), object.expiresMs());
        if (object.links().isEmpty() || left.blocks() > spec.hintBlocks() || forRoom && left.blocks() >= object.blocks()) {
            return;
        }
        while (hints.blocks() + left.blocks() > spec.hintBlocks()) {
            hints.dropOldest();
        }
        hints.put(left);
    }

    /** What was known for these requests has been changed by one that is not safe. */
    void forget(CacheKey key) {
        lock.lock();
        try {
            for (CachedObject object : List.copyOf(objects.getOrDefault(key, List.of()))) {
                drop(object);
            }
            hints.remove(key);
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
                line(out, object, object.key(), object.varies() == 0 ? 0 : (long) object.coding() << 48);
                amounts(out, "full", object.size(), object.users().get(), object.expiresMs() - nowMs);
            }
            for (HintShelf.Entry entry : hints.all()) {
                line(out, entry, entry.key(), 0);
                amounts(out, "hints", entry.size(), 0, entry.expiresMs() - nowMs);
            }
        } finally {
            lock.unlock();
        }
    }

    private static void line(StringBuilder out, Object entry, CacheKey key, long variant) {
        String vary = Long.toHexString(variant);
        out.append("0x").append(Integer.toHexString(System.identityHashCode(entry))).append(" hash:")
                .append(key.hash() & 0xffff_ffffL).append(" vary:0x").append("0".repeat(16 - vary.length())).append(vary);
    }

    private static void amounts(StringBuilder out, String type, int size, int users, long leftMs) {
        out.append(" type:").append(type).append(" size:").append(size).append(" (").append(CacheSpec.blocks(size))
                .append(" blocks), refcount:").append(users).append(", expire:").append(leftMs / 1000).append('\n');
    }
}
