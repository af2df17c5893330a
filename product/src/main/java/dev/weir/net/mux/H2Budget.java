package dev.weir.net.mux;

import java.util.Arrays;

/** What a connection may still do of each kind of {@link H2Abuse}: a bucket each, which fills up with time. Worker-owned. */
final class H2Budget {

    private static final H2Abuse[] ALL = H2Abuse.values();

    private final int[] left = new int[ALL.length];
    private final long[] sinceMs = new long[ALL.length];

    H2Budget(long nowMs) {
        for (H2Abuse each : ALL) {
            left[each.ordinal()] = each.burst;
        }
        Arrays.fill(sinceMs, nowMs);
    }

    /** False when it has been too much. */
    boolean spend(H2Abuse what, long nowMs) {
        int at = what.ordinal();
        if (left[at] <= what.burst / 2) {
            long back = (nowMs - sinceMs[at]) * what.perSecond / 1000;
            if (back > 0) {
                left[at] = (int) Math.min(what.burst, left[at] + back);
                sinceMs[at] = nowMs;
            }
        } else {
            sinceMs[at] = nowMs;
        }
        return --left[at] >= 0;
    }
}
