package dev.weir.flow.expr;

import dev.weir.base.log.LogLine;

/** One piece of a compiled log format. */
@FunctionalInterface
interface LogItem {

    void append(LogRecord record, LogLine out);
}
