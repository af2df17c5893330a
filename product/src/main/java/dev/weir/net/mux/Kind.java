package dev.weir.net.mux;

/** What a head begins. */
public enum Kind {
    REQUEST,
    /** An answer before the answer: 100, 103. More heads follow. */
    INFORMATIONAL,
    /** The answer, whose body follows. */
    FINAL,
    /**
     * The answer after which raw bytes follow in both directions: 101, or success to CONNECT. The request's direction,
     * which had ended, goes on as well; both end once more.
     */
    TUNNEL
}
