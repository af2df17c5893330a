package dev.weir.upkeep.check;

import dev.weir.base.log.LogLine;
import dev.weir.flow.rule.Text;
import dev.weir.model.pattern.Regex;
import java.util.Arrays;

/**
 * How the name or the value of a header is compared: as a whole, at an end, anywhere, or by a regular expression.
 *
 * @param regex instead of a text, or null
 */
public record TextTest(How how, Text text, Regex regex) {

    /** The words of {@code -m}. */
    public enum How {
        STR, BEG, END, SUB, REG;

        /** The way of that word, or null. */
        public static How find(String word) {
            for (How how : values()) {
                if (how.name().toLowerCase(java.util.Locale.ROOT).equals(word)) {
                    return how;
                }
            }
            return null;
        }
    }

    /** The test with its text made for this check. */
    Wanted now(CheckContext context) {
        if (regex != null) {
            return new Wanted(how, null, regex);
        } else if (text.constant() != null) {
            return new Wanted(how, text.constant(), null);
        }
        LogLine line = context.text(text);
        return new Wanted(how, Arrays.copyOf(line.array(), line.length()), null);
    }

    /** A test that is ready. */
    record Wanted(How how, byte[] text, Regex regex) {

        boolean accepts(byte[] bytes, int at, int length, boolean ignoresCase) {
            return switch (how) {
                case STR -> length == text.length && same(bytes, at, ignoresCase);
                case BEG -> length >= text.length && same(bytes, at, ignoresCase);
                case END -> length >= text.length && same(bytes, at + length - text.length, ignoresCase);
                case SUB -> contains(bytes, at, length, ignoresCase);
                case REG -> regex.find(Arrays.copyOfRange(bytes, at, at + length), 0, length);
            };
        }

        private boolean contains(byte[] bytes, int at, int length, boolean ignoresCase) {
            for (int i = at; i + text.length <= at + length; i++) {
                if (same(bytes, i, ignoresCase)) {
                    return true;
                }
            }
            return false;
        }

        private boolean same(byte[] bytes, int at, boolean ignoresCase) {
            for (int i = 0; i < text.length; i++) {
                byte here = bytes[at + i];
                if (here != text[i] && !(ignoresCase && lower(here) == lower(text[i]))) {
                    return false;
                }
            }
            return true;
        }

        private static int lower(byte b) {
            return b >= 'A' && b <= 'Z' ? b + 32 : b;
        }
    }
}
