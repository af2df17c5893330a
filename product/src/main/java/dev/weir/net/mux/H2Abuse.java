package dev.weir.net.mux;

/**
 * What costs us more than the peer: how much of it may come at once, and how much of that comes back each second. Bounds
 * that no honest peer meets. Immutable.
 */
enum H2Abuse {
    /** Streams that are begun and reset, which keeps servers busy and their count low. */
    RESET(1000, 200),
    /** Each wants an acknowledgement. */
    SETTINGS(100, 10),
    PING(500, 50),
    PRIORITY(5000, 1000),
    /** Frames of types that nobody knows. */
    UNKNOWN(1000, 100),
    /** DATA without a byte, that does not end anything. */
    EMPTY(1000, 100),
    /** Windows opened by a few bytes at a time. */
    TINY_WINDOW(10_000, 2000),
    /** Requests that are none, and frames on streams that are gone. */
    MALFORMED(500, 50);

    final int burst;
    final int perSecond;

    H2Abuse(int burst, int perSecond) {
        this.burst = burst;
        this.perSecond = perSecond;
    }
}
