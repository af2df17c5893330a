package dev.weir.model.pattern;

import dev.weir.model.value.Sample;

/** Patterns of one method, made ready for lookups. Immutable. */
@FunctionalInterface
public interface PatternIndex {

    /** The number of the pattern that the sample, which has the method's input type, matches; -1 when it matches none. */
    int find(Sample sample);

    /** Matches nothing. */
    PatternIndex EMPTY = sample -> -1;
}
