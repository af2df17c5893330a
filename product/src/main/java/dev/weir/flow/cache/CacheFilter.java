package dev.weir.flow.cache;

import dev.weir.flow.filter.Filter;
import dev.weir.flow.filter.FilterHost;
import dev.weir.flow.filter.Stage;

/** {@code filter cache}: where in the row of filters an answer is copied that a rule wants kept. Immutable. */
public record CacheFilter(HttpCache cache) implements Filter {

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public Stage response(FilterHost host) {
        return ((CacheHost) host).caching().takeStage(cache);
    }
}
