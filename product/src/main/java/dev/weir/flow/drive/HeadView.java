package dev.weir.flow.drive;

import dev.weir.flow.expr.HttpHead;
import dev.weir.wire.http.Head;

/**
 * A head as expressions read it. Their indexes count from 0 without gaps, so deleted headers are stepped over. One per
 * exchange and direction, pointed at one head after the other. Worker-owned.
 */
public final class HeadView implements HttpHead {

    private static final int FEW = 32;

    private Head head;
    private int[] rows = new int[FEW];
    private int filled;

    public HeadView of(Head next) {
        head = next;
        return this;
    }

    Head head() {
        return head;
    }

    @Override
    public byte[] bytes() {
        return head.area();
    }

    @Override
    public int methodAt() {
        return head.methodAt();
    }

    @Override
    public int methodLength() {
        return head.methodLength();
    }

    @Override
    public int askedMethodAt() {
        return head.askedMethodAt();
    }

    @Override
    public int askedMethodLength() {
        return head.askedMethodLength();
    }

    @Override
    public int targetAt() {
        return head.targetAt();
    }

    @Override
    public int targetLength() {
        return head.targetLength();
    }

    @Override
    public int authorityAt() {
        return head.authorityAt();
    }

    @Override
    public int authorityLength() {
        return head.authorityLength();
    }

    @Override
    public int pathAt() {
        return head.pathAt();
    }

    @Override
    public int pathLength() {
        return head.pathLength();
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public int reasonAt() {
        return head.reasonAt();
    }

    @Override
    public int reasonLength() {
        return head.reasonLength();
    }

    @Override
    public int majorVersion() {
        return head.version() / 10;
    }

    @Override
    public int minorVersion() {
        return head.version() % 10;
    }

    /** Asked before each walk, which is when the gaps are found. */
    @Override
    public int headers() {
        filled = 0;
        for (int i = head.first(); i >= 0; i = head.after(i)) {
            if (filled == rows.length) {
                rows = java.util.Arrays.copyOf(rows, filled * 2);
            }
            rows[filled++] = i;
        }
        return filled;
    }

    @Override
    public int nameAt(int index) {
        return head.nameAt(rows[index]);
    }

    @Override
    public int nameLength(int index) {
        return head.nameLength(rows[index]);
    }

    @Override
    public int valueAt(int index) {
        return head.valueAt(rows[index]);
    }

    @Override
    public int valueLength(int index) {
        return head.valueLength(rows[index]);
    }
}
