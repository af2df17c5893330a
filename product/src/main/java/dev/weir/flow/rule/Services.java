package dev.weir.flow.rule;

import java.util.Map;

/** What {@code use-service} can name. Immutable. */
public record Services(Map<String, Service> byName) {

    public static final Services NONE = new Services(Map.of());

    /** Null when there is none of that name. */
    public Service find(String name) {
        return byName.get(name);
    }
}
