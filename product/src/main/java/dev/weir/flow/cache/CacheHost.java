package dev.weir.flow.cache;

/** The exchange, as caches see it. Worker-owned. */
public interface CacheHost {

    CacheTurn caching();
}
