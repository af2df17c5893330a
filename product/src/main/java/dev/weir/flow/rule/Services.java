package dev.weir.flow.rule;

import java.util.Map;

/**
 * What the process does for rules. Immutable.
 *
 * @param byName what {@code use-service} can name
 * @param names who looks up names for {@code do-resolve}
 */
public record Services(Map<String, Service> byName, NameLookups names) {

    public static final Services NONE = new Services(Map.of(), NameLookups.NONE);

    /** Null when there is none of that name. */
    public Service find(String name) {
        return byName.get(name);
    }
}
