package dev.weir.flow.expr;

import dev.weir.base.log.LogLine;

/**
 * A compiled log format: a row of items that append to one line. Blanks of the format merge: one is written only where
 * something was written since the last one. Allocates nothing per line. Worker-owned, for its clock and scratch are.
 */
public final class LogFormat {

    /** Stands for a blank; compared by identity. */
    static final LogItem BLANK = (record, out) -> out.put(' ');

    private final LogItem[] items;
    private final boolean mergeBlanks;
    private final boolean waits;

    LogFormat(LogItem[] items, boolean mergeBlanks, boolean waits) {
        this.items = items;
        this.mergeBlanks = mergeBlanks;
        this.waits = waits;
    }

    /** Whether something in it is known at the end of the exchange only. */
    public boolean waitsForEnd() {
        return waits;
    }

    /** Appends the line, without an end. */
    public void write(LogRecord record, LogLine out) {
        int afterBlank = out.length();
        for (LogItem item : items) {
            if (item != BLANK) {
                item.append(record, out);
            } else if (!mergeBlanks || out.length() != afterBlank) {
                out.put(' ');
                afterBlank = out.length();
            }
        }
    }
}
