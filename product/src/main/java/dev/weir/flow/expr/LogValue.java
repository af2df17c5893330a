package dev.weir.flow.expr;

import dev.weir.base.log.LogLine;

/** The expression of a {@code %[...]}, compiled by whoever knows fetches and converters. */
@FunctionalInterface
public interface LogValue {

    /** Appends the value's bytes as they are; false, and nothing appended, when there is none. */
    boolean append(LogRecord record, LogLine out);
}
