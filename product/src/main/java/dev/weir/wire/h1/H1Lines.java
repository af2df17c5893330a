package dev.weir.wire.h1;

import dev.weir.wire.http.HeaderList;
import dev.weir.wire.http.Octets;
import io.netty.buffer.ByteBuf;

/**
 * Cuts what arrives into lines while it takes it into the area of a head. The caller keeps giving the bytes from the same
 * place on, or says with {@link #forget} that it has let go of what was taken. Each byte is looked at once, whatever the
 * pieces. Worker-owned.
 */
final class H1Lines {

    /** More than most heads have, so that little of a body behind them is copied in vain. */
    private static final int PIECE = 1024;

    private final int max;
    private HeaderList list;
    private int taken;
    private int forgotten;
    private int scanned;
    private int start;
    private int end;

    /** @param max bytes that all lines together may have */
    H1Lines(int max) {
        this.max = max;
    }

    void begin(HeaderList into) {
        list = into;
        taken = 0;
        forgotten = 0;
        scanned = 0;
        start = 0;
        end = 0;
    }

    /** Goes to the next line; false when it has not arrived whole. */
    boolean next(ByteBuf in) {
        start = end;
        int available = Math.min(max, forgotten + in.readableBytes());
        while (true) {
            int found = Octets.indexOf(list.area(), scanned, taken, (byte) '\n');
            if (found >= 0) {
                scanned = found + 1;
                end = scanned;
                return true;
            }
            scanned = taken;
            if (taken >= available) {
                return false;
            }
            int more = Math.min(PIECE, available - taken);
            list.fill(taken, in, in.readerIndex() + taken - forgotten, more);
            taken += more;
        }
    }

    /** Where the line under way, or the line found, begins. */
    int start() {
        return start;
    }

    /** Behind the line found, its LF included. */
    int end() {
        return end;
    }

    /** Where the line found ends without its line end. */
    int textEnd() {
        int lf = end - 1;
        return lf > start && list.area()[lf - 1] == '\r' ? lf - 1 : lf;
    }

    /** Behind all bytes that have been taken so far. */
    int taken() {
        return taken;
    }

    /** How many bytes were taken of what will not be given again. */
    int forgotten() {
        return forgotten;
    }

    /** Whether no further byte will be taken. */
    boolean isFull() {
        return taken >= max;
    }

    /** All that was given so far will not be given again. */
    void forget() {
        forgotten = taken;
    }

    /** How many bytes of what is given now belong to the lines found. */
    int pending() {
        return end - forgotten;
    }
}
