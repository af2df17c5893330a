package dev.weir.flow.cache;

import java.util.LinkedHashMap;
import java.util.List;

/** Entries of which nothing is kept but their links, in the order of their last use. Guarded by the cache's lock. */
final class HintShelf {

    /** One of them; {@code expiresMs} is when the whole object was to expire, which its hints outlive. Immutable. */
    record Entry(CacheKey key, List<byte[]> links, long expiresMs) {

        int size() {
            return CacheTurn.BOOKKEEPING + Links.size(links);
        }

        int blocks() {
            return CacheSpec.blocks(size());
        }
    }

    private final LinkedHashMap<CacheKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private int blocks;

    void put(Entry entry) {
        remove(entry.key());
        entries.put(entry.key(), entry);
        blocks += entry.blocks();
    }

    /** Null when there is none. */
    Entry find(CacheKey key) {
        return entries.get(key);
    }

    void remove(CacheKey key) {
        Entry old = entries.remove(key);
        blocks -= old == null ? 0 : old.blocks();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void dropOldest() {
        remove(entries.firstEntry().getKey());
    }

    int blocks() {
        return blocks;
    }

    Iterable<Entry> all() {
        return entries.values();
    }
}
