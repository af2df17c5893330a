package dev.weir.flow.expr;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All fetches and converters by name, as the tables of the keyword families list them. Immutable once filled. */
public final class Vocabulary {

    private final Map<String, FetchKeyword> fetches = new LinkedHashMap<>();
    private final Map<String, ConverterKeyword> converters = new LinkedHashMap<>();

    public Vocabulary fetches(List<FetchKeyword> rows) {
        for (FetchKeyword row : rows) {
            if (fetches.put(row.name(), row) != null) {
                throw new IllegalArgumentException("two fetches " + row.name());
            }
        }
        return this;
    }

    public Vocabulary converters(List<ConverterKeyword> rows) {
        for (ConverterKeyword row : rows) {
            if (converters.put(row.name(), row) != null) {
                throw new IllegalArgumentException("two converters " + row.name());
            }
        }
        return this;
    }

    /** Null when there is no such fetch. */
    public FetchKeyword fetch(String name) {
        return fetches.get(name);
    }

    public ConverterKeyword converter(String name) {
        return converters.get(name);
    }

    public Map<String, FetchKeyword> fetches() {
        return fetches;
    }

    public Map<String, ConverterKeyword> converters() {
        return converters;
    }
}
