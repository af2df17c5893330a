package dev.weir.wire.peer;

import java.util.Arrays;

/**
 * The names of servers that a session has sent, each under a number from 1 to 128: a name that is still there is sent as
 * its number only. The one that was used longest ago gives its place to a new one. Owner: one session.
 */
public final class SentNames {

    public static final int MOST = 128;

    private final byte[][] names = new byte[MOST + 1][];
    private final long[] usedAt = new long[MOST + 1];
    private long uses;
    private int last = 1;

    void write(byte[] name, PeerOutput out) {
        if (name == null) {
            out.putNumber(0);
            return;
        }
        int number = find(name);
        boolean known = names[number] == name || Arrays.equals(names[number], name);
        names[number] = name;
        usedAt[number] = ++uses;
        last = number;
        if (known) {
            out.putNumber(1).putNumber(number);
        } else {
            out.putNumber(1 + PeerOutput.sizeOf(name.length) + name.length).putNumber(number);
            out.putNumber(name.length).put(name);
        }
    }

    /** Where the name is, or else where it may be put. */
    private int find(byte[] name) {
        if (Arrays.equals(names[last], name)) {
            return last;
        }
        int oldest = 1;
        for (int i = 1; i <= MOST; i++) {
            if (Arrays.equals(names[i], name)) {
                return i;
            }
            if (usedAt[i] < usedAt[oldest]) {
                oldest = i;
            }
        }
        return oldest;
    }

    /** The name under a number from 1 on, or null. */
    public byte[] name(int number) {
        return names[number];
    }
}
