package dev.weir.flow.expr;

import dev.weir.base.log.LogLine;

/** A value of a log line, bare: the expression of a {@code %[...]}, or an alias that is to be encoded. */
@FunctionalInterface
public interface LogValue {

    /** What was appended, for encodings that have types. */
    enum Type {
        /** Nothing: there is no value. */
        ABSENT,
        TEXT,
        /** Decimal digits. */
        NUMBER,
        /** 1 or 0. */
        BOOLEAN,
        /** Texts, each ended by a NUL, which none of them can contain. */
        LIST
    }

    /** Appends the value's bytes as they are. */
    Type append(LogRecord record, LogLine out);
}
