package dev.weir.flow.cache;

import java.util.LinkedHashMap;
import java.util.Map;

/** The caches of the process by their names: one whose section stays as it is keeps its objects. Owned by the Conductor. */
public final class HttpCaches {

    private final Map<String, HttpCache> kept = new LinkedHashMap<>();

    public HttpCaches() {
        // none yet
    }

    /** Those of a configuration that follows another, which goes on with its own if the next is not taken over. */
    public HttpCaches(HttpCaches before) {
        kept.putAll(before.kept);
    }

    /** The cache of a section. */
    public HttpCache keep(CacheSpec spec) {
        HttpCache old = kept.get(spec.name());
        HttpCache cache = old != null && old.spec().keepsAs(spec) ? old : new HttpCache(spec);
        kept.put(spec.name(), cache);
        return cache;
    }
}
