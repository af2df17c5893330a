package dev.weir.model.pattern;

import dev.weir.model.value.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of patterns as one method sees it. Lookups read one published snapshot. Shared: one volatile.
 */
public final class PatternView {

    /**
     * One state of the view.
     *
     * @param values of each pattern, null when there are none
     */
    public record Snapshot(PatternIndex index, Sample[] values, PatternEntry[] entries) {}

    private final MatchMethod method;
    private final boolean ignoreCase;
    private final PatternValues values;
    private final RegexCompiler regexes;
    private volatile Snapshot snapshot;

    PatternView(MatchMethod method, boolean ignoreCase, PatternValues values, RegexCompiler regexes) {
        this.method = method;
        this.ignoreCase = ignoreCase;
        this.values = values;
        this.regexes = regexes;
    }

    public MatchMethod method() {
        return method;
    }

    public boolean ignoresCase() {
        return ignoreCase;
    }

    public PatternValues values() {
        return values;
    }

    boolean is(MatchMethod otherMethod, boolean otherIgnoreCase, PatternValues otherValues) {
        return method == otherMethod && ignoreCase == otherIgnoreCase && values == otherValues;
    }

    void publish(Snapshot next) {
        snapshot = next;
    }

    /** For lookups that need more than one answer of the same state. */
    public Snapshot snapshot() {
        return snapshot;
    }

    public boolean matches(Sample sample) {
        return snapshot.index().find(sample) >= 0;
    }

    /** Replaces the sample by the value of the pattern that it matches; false, and nothing changed, if none does. */
    public boolean lookup(Sample sample) {
        Snapshot now = snapshot;
        int found = now.index().find(sample);
        if (found < 0) {
            return false;
        }
        sample.copyValue(now.values()[found]);
        return true;
    }

    Snapshot build(PatternEntry[] entries) throws PatternError {
        List<byte[]> keys = new ArrayList<>();
        Sample[] samples = values == PatternValues.NONE ? null : new Sample[entries.length];
        for (int i = 0; i < entries.length; i++) {
            keys.add(entries[i].key());
            if (samples != null) {
                samples[i] = values.sample(entries[i]);
            }
        }
        return new Snapshot(PatternIndexes.build(method, ignoreCase, keys, regexes), samples, entries);
    }
}
