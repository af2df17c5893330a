package dev.weir.config.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All actions by name, as the tables of the families list them. Immutable once filled. */
public final class ActionVocabulary {

    private static final String TRACK = "track-sc";

    private final Map<String, ActionKeyword> actions = new HashMap<>();

    public ActionVocabulary with(List<ActionKeyword> rows) {
        for (ActionKeyword row : rows) {
            if (actions.put(row.name(), row) != null) {
                throw new IllegalArgumentException("two actions " + row.name());
            }
        }
        return this;
    }

    /** The action that this word calls in that set of rules, or null. */
    public ActionKeyword find(RuleKind kind, String word) {
        int open = word.indexOf('(');
        String name = open < 0 ? word : word.substring(0, open);
        ActionKeyword found = actions.get(name.startsWith(TRACK) ? TRACK : name);
        return found == null || !found.kinds().contains(kind) ? null : found;
    }

    public Iterable<ActionKeyword> all() {
        return actions.values();
    }
}
