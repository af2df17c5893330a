package dev.weir.wire.peer;

/** The names of servers that a peer has sent, by the numbers that it uses for them. Owner: one session. */
public final class LearnedNames {

    private final byte[][] names = new byte[SentNames.MOST + 1][];

    /** The name that follows, null for none. One that is wrong makes the message short. */
    byte[] read(PeerInput in) {
        int length = in.count();
        if (length == 0) {
            return null;
        }
        int behind = in.left() - length;
        long number = in.number();
        if (number < 1 || number > SentNames.MOST) {
            return fail(in);
        }
        if (in.left() > behind) {
            int count = in.count();
            if (in.left() - count < behind) {
                return fail(in);
            }
            names[(int) number] = in.take(count);
            in.take(Math.max(0, in.left() - behind));
        } else if (in.left() < behind || names[(int) number] == null) {
            return fail(in);
        }
        return names[(int) number];
    }

    private static byte[] fail(PeerInput in) {
        in.take(in.left() + 1);
        return null;
    }

    public byte[] name(int number) {
        return names[number];
    }
}
