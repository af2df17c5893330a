package dev.weir.model.pattern;

import java.util.List;

/** Chooses the index that suits a method. */
public final class PatternIndexes {

    private PatternIndexes() {}

    /**
     * Reads all the patterns.
     *
     * @param regexes null when there is no library for them
     */
    public static PatternIndex build(MatchMethod method, boolean ignoreCase, List<byte[]> patterns,
            RegexCompiler regexes) throws PatternError {
        if (patterns.isEmpty()) {
            return PatternIndex.EMPTY;
        }
        byte[][] keys = patterns.toArray(new byte[0][]);
        return switch (method) {
            case FOUND, BOOL, GROUP -> PatternIndex.EMPTY;
            case INT -> new IntegerIndex(keys, false)::findNumber;
            case VERSION -> new IntegerIndex(keys, true)::findNumber;
            case LEN -> new IntegerIndex(keys, false)::findLength;
            case IP -> new AddressIndex(keys);
            case STR -> new ExactIndex(keys, ignoreCase);
            case BIN -> new ExactIndex(HexPatterns.decode(keys), false);
            // the manual says that case does not matter, the program that it does, and so does RFC 9110
            case METHOD -> new ExactIndex(keys, ignoreCase);
            case BEG -> new PrefixIndex(keys, ignoreCase, false);
            case END -> new PrefixIndex(keys, ignoreCase, true);
            case SUB -> new SearchIndex(keys, ignoreCase)::findAnywhere;
            case DIR -> new SearchIndex(keys, ignoreCase).delimitedBy("/");
            case DOM -> new SearchIndex(keys, ignoreCase).delimitedBy("/?.:");
            case REG -> new RegexIndex(keys, ignoreCase, regexes);
        };
    }
}
