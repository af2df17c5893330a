package dev.weir.model.pattern;

/** A compiled regular expression over bytes. May be used by all workers at once. */
public interface Regex {

    /** Whether it matches anywhere; false too when the library gave up. */
    boolean find(byte[] text, int at, int length);

    /**
     * Matches once more; the answer is the number of groups that are set, the whole match being the first, or 0.
     * Each group takes two places of {@code groups}, its start and end counted from {@code at}; -1 where it took no part.
     *
     * @param continued whether the text goes on from something else, so that it has no beginning
     */
    int match(byte[] text, int at, int length, boolean continued, int[] groups);
}
