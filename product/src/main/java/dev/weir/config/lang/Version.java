package dev.weir.config.lang;

import java.util.Arrays;

/**
 * A version as HAProxy orders them: a.b.c.d-tag n[-commit][-count], missing numbers 0, dev before rc before neither.
 * Immutable.
 */
public final class Version implements Comparable<Version> {

    /** What conditions compare with: the configuration language and commands that Weir speaks are 3.5's. */
    public static final Version CURRENT = parse(VersionNumbers.COMPATIBLE);

    private static final int DEV = 1;
    private static final int CANDIDATE = 2;
    private static final int RELEASE = 3;
    private static final int MAX_NUMBER = Integer.MAX_VALUE;

    private static final int TAG = 4;
    private static final int TAG_NUMBER = 5;
    private static final int COUNT = 6;

    private final int[] parts = new int[COUNT + 1];

    private Version() {
        parts[TAG] = RELEASE;
    }

    /** The version, or null for what cannot be read as one. */
    public static Version parse(String text) {
        Reader reader = new Reader(text);
        Version version = new Version();
        reader.blanks();
        if (!reader.numbers(version.parts)) {
            return null;
        }
        if (reader.take('-')) {
            tail(reader, version.parts);
        }
        return reader.ended() ? version : null;
    }

    /** A TLS library's version: up to three numbers and an optional patch letter. Null for anything else. */
    static Version parseLibrary(String text) {
        Reader reader = new Reader(text);
        Version version = new Version();
        if (!reader.numbers(version.parts) || version.parts[3] != 0) {
            return null;
        }
        version.parts[3] = reader.patchLetter();
        return reader.ended() ? version : null;
    }

    /** What follows the first dash: dev5, rc1, pre1, or nothing of these; then a commit; then a count of patches. */
    private static void tail(Reader reader, int[] parts) {
        if (reader.word("dev")) {
            parts[TAG] = DEV;
            parts[TAG_NUMBER] = reader.number();
        } else if (reader.word("rc") || reader.word("pre")) {
            parts[TAG] = CANDIDATE;
            parts[TAG_NUMBER] = reader.number();
        }
        parts[COUNT] = reader.lastNumber();
    }

    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] != other.parts[i]) {
                return parts[i] < other.parts[i] ? -1 : 1;
            }
        }
        return 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parts);
    }

    /** A cursor over the text of a version. */
    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        /** Up to four numbers with dots between them; at least one. */
        boolean numbers(int[] into) {
            if (!digit()) {
                return false;
            }
            for (int i = 0; i < 4; i++) {
                into[i] = number();
                if (!take('.')) {
                    break;
                }
            }
            return true;
        }

        /** The number here, 0 when there is none; one too large for an int counts as the largest. */
        int number() {
            long value = 0;
            for (; digit(); at++) {
                value = Math.min(MAX_NUMBER, value * 10 + (text.charAt(at) - '0'));
            }
            return (int) value;
        }

        int patchLetter() {
            if (!ended() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
                return text.charAt(at++) - 'a' + 1;
            }
            return 0;
        }

        boolean digit() {
            return !ended() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
        }

        boolean take(char c) {
            if (ended() || text.charAt(at) != c) {
                return false;
            }
            at++;
            return true;
        }

        boolean word(String word) {
            if (!text.startsWith(word, at)) {
                return false;
            }
            at += word.length();
            return true;
        }

        void blanks() {
            while (take(' ')) {
                // counted by take
            }
        }

        /** The number behind the last dash, 0 when something else stands there. Goes to the end. */
        int lastNumber() {
            at = Math.max(at, text.lastIndexOf('-') + 1);
            int count = number();
            boolean whole = ended();
            at = text.length();
            return whole ? count : 0;
        }

        boolean ended() {
            return at >= text.length();
        }
    }
}
