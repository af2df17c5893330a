package dev.weir.config.compile;

/**
 * One row of a keyword table. Immutable.
 *
 * @param name the keyword, with its second word where that decides ({@code option tcplog})
 * @param sections the letters of the sections that know it; N: {@code defaults} sections with a name
 * @param min fewest arguments behind the name
 * @param max most arguments, -1 for any number
 * @param expects the end of the message about too few arguments
 * @param family who gives it its meaning
 */
public record Keyword(String name, String sections, int min, int max, Status status, boolean negatable,
        boolean experimental, String expects, KeywordFamily family) {

    /** What becomes of a keyword. */
    public enum Status {
        /** Means something here. */
        SUPPORTED("ok"),
        /** First word of several keywords. */
        HEAD("head"),
        /** Kept as written for the part that gives it its meaning. */
        USED("used"),
        /** Kept as written, and nobody gives it a meaning yet. */
        KEPT("kept"),
        /** Checked and without meaning on this platform. */
        ACCEPTED("void"),
        /** Checked; a process that would need it does not start. */
        UNBUILT("todo"),
        /** The same, where the proxy is of mode http; elsewhere HAProxy ignores it. */
        UNBUILT_HTTP("http"),
        /** HAProxy has removed it. */
        REMOVED("gone");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        static Status of(String word) {
            for (Status status : values()) {
                if (status.word.equals(word)) {
                    return status;
                }
            }
            throw new IllegalArgumentException("no such status: " + word);
        }
    }

    /** How many words the name has. */
    public int words() {
        return name.indexOf(' ') < 0 ? 1 : 2;
    }

    boolean isKnownIn(Section section) {
        return sections.indexOf(section.letter()) >= 0;
    }

    boolean isForNamedDefaults() {
        return sections.indexOf('N') >= 0;
    }
}
