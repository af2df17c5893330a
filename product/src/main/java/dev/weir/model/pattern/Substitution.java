package dev.weir.model.pattern;

import dev.weir.model.value.Area;
import dev.weir.model.value.Texts;

/**
 * A replacement text with references to groups: {@code \0} to {@code \9}, {@code \xHH} for a byte; a backslash before
 * anything else stands for that character. Immutable.
 */
public final class Substitution {

    private Substitution() {}

    /** Writes the replacement; groups as {@link Regex#match} gives them. */
    public static void append(byte[] replacement, byte[] text, int at, int[] groups, int count, Area out) {
        for (int i = 0; i < replacement.length; i++) {
            byte c = replacement[i];
            if (c != '\\' || i + 1 == replacement.length) {
                out.put(c);
                continue;
            }
            c = replacement[++i];
            if (Texts.isDigit(c)) {
                int group = c - '0';
                if (group < count && groups[2 * group] >= 0) {
                    out.put(text, at + groups[2 * group], groups[2 * group + 1] - groups[2 * group]);
                }
            } else if (c == 'x' && i + 2 < replacement.length && Texts.hexDigit(replacement[i + 1]) >= 0
                    && Texts.hexDigit(replacement[i + 2]) >= 0) {
                out.put(Texts.hexDigit(replacement[i + 1]) << 4 | Texts.hexDigit(replacement[i + 2]));
                i += 2;
            } else {
                out.put(c);
            }
        }
    }
}
