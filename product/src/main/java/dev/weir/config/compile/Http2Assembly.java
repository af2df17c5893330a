package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.config.lang.Numbers;
import dev.weir.net.mux.H2Terms;

/** Settles what {@code tune.h2.*} says of each side; what a side has of its own wins over what both have. */
public final class Http2Assembly {

    private static final int LEAST_FRAME = 16384;
    /** What one stream may be lent at most, whatever all of them together may. */
    private static final int MOST_WINDOW = 256 * 1024;
    private static final String ALL = "tune.h2.";

    private Http2Assembly() {}

    public static H2Terms clientSide(Settings global) {
        return terms(global, "fe.", !KeptLines.isOn(global, "h2-workaround-bogus-websocket-clients"));
    }

    public static H2Terms serverSide(Settings global) {
        return terms(global, "be.", false);
    }

    private static H2Terms terms(Settings global, String side, boolean websockets) {
        int bufsize = global.get(GlobalSpec.TUNE_BUFSIZE);
        long window = number(global, side + "initial-window-size", number(global, "initial-window-size", bufsize));
        long streams = number(global, side + "max-concurrent-streams", number(global, "max-concurrent-streams", 100));
        long frame = Math.min(number(global, "max-frame-size", bufsize), bufsize);
        long table = number(global, "header-table-size", 4096);
        int start = (int) Math.clamp(window, 1, Integer.MAX_VALUE);
        return new H2Terms(start, Math.max(start, MOST_WINDOW), (int) Math.clamp(streams, 0, Integer.MAX_VALUE),
                (int) Math.max(LEAST_FRAME, frame), (int) table,
                (int) Math.clamp(number(global, side + "max-total-streams", 0), 0, 1 << 30),
                (int) Math.clamp(number(global, side + "glitches-threshold", 0), 0, Integer.MAX_VALUE), websockets,
                shared(global, side, bufsize));
    }

    private static long number(Settings global, String name, long absent) {
        String said = KeptLines.word(global, ALL + name);
        return said == null ? absent : Numbers.leading(said);
    }

    /** {@code rxbuf}: 7/8 of what it is, a hundred buffers unless said otherwise. */
    private static int shared(Settings global, String side, int bufsize) {
        String said = KeptLines.word(global, ALL + side + "rxbuf");
        long all = said == null ? 100L * bufsize : Math.max(0, Numbers.size(said));
        return (int) Math.min(Integer.MAX_VALUE, all / 8 * 7);
    }
}
