package dev.weir.upkeep.check;

/** How a check can end, with HAProxy's short word, its sentence, and whether the server passed. Immutable. */
public enum CheckStatus {
    UNKNOWN("UNK", "Unknown", Verdict.NONE),
    INITIALIZING("INI", "Initializing", Verdict.NONE),
    START("CHECKING", "Check started", Verdict.NONE),
    CHECKED("CHECKED", "No status change", Verdict.NONE),
    ANALYZED("HANA", "Health analyze", Verdict.FAILED),
    SOCKET_ERROR("SOCKERR", "Socket error", Verdict.FAILED),
    L4_OK("L4OK", "Layer4 check passed", Verdict.PASSED),
    L4_TIMEOUT("L4TOUT", "Layer4 timeout", Verdict.FAILED),
    L4_CONNECTION("L4CON", "Layer4 connection problem", Verdict.FAILED),
    L6_OK("L6OK", "Layer6 check passed", Verdict.PASSED),
    L6_TIMEOUT("L6TOUT", "Layer6 timeout", Verdict.FAILED),
    L6_RESPONSE("L6RSP", "Layer6 invalid response", Verdict.FAILED),
    L7_TIMEOUT("L7TOUT", "Layer7 timeout", Verdict.FAILED),
    L7_RESPONSE("L7RSP", "Layer7 invalid response", Verdict.FAILED),
    L57_DATA("L57DATA", "Layer5-7 data", Verdict.NONE),
    L7_OK("L7OK", "Layer7 check passed", Verdict.PASSED),
    L7_OK_CONDITIONALLY("L7OKC", "Layer7 check conditionally passed", Verdict.CONDITIONAL),
    L7_STATUS("L7STS", "Layer7 wrong status", Verdict.FAILED),
    PROCESS_ERROR("PROCERR", "External check error", Verdict.FAILED),
    PROCESS_TIMEOUT("PROCTOUT", "External check timeout", Verdict.FAILED),
    PROCESS_OK("PROCOK", "External check passed", Verdict.PASSED);

    /** What a status means for the server. */
    public enum Verdict {
        NONE(0), PASSED(3), CONDITIONAL(4), FAILED(2);

        private final int result;

        Verdict(int result) {
            this.result = result;
        }

        /** As {@code show servers state} numbers it. */
        int result() {
            return result;
        }
    }

    private final String word;
    private final String sentence;
    private final Verdict verdict;

    CheckStatus(String word, String sentence, Verdict verdict) {
        this.word = word;
        this.sentence = sentence;
        this.verdict = verdict;
    }

    /** As the statistics show it; the number that they also show is the ordinal. */
    public String word() {
        return word;
    }

    /** As logs say it. */
    public String sentence() {
        return sentence;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** Whether the code that the server gave says something about it. */
    public boolean hasCode() {
        return compareTo(L57_DATA) >= 0;
    }

    /** The status of that short word, or null. */
    public static CheckStatus find(String word) {
        for (CheckStatus status : values()) {
            if (status.word.equals(word)) {
                return status;
            }
        }
        return null;
    }
}
