package dev.weir.model.pattern;

import dev.weir.model.value.Sample;

/** Regular expressions, tried in turn. Immutable. */
public final class RegexIndex implements PatternIndex {

    private final Regex[] expressions;

    RegexIndex(byte[][] patterns, boolean ignoreCase, RegexCompiler compiler) throws PatternError {
        expressions = new Regex[patterns.length];
        for (int i = 0; i < patterns.length; i++) {
            expressions[i] = compiler.compile(patterns[i], ignoreCase);
        }
    }

    @Override
    public int find(Sample sample) {
        for (int i = 0; i < expressions.length; i++) {
            if (expressions[i].find(sample.bytes(), sample.at(), sample.length())) {
                return i;
            }
        }
        return -1;
    }

    /** For a second look at what matched. */
    public Regex expression(int index) {
        return expressions[index];
    }
}
