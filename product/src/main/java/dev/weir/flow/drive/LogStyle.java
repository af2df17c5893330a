package dev.weir.flow.drive;

import dev.weir.flow.expr.LogFormat;

/**
 * How one worker writes the lines of one step. Worker-owned, as its formats are.
 *
 * @param message null leaves it to the next in line
 * @param structuredData likewise
 * @param drops whether nothing is written at all
 */
public record LogStyle(LogFormat message, LogFormat structuredData, boolean drops) {

    static final LogStyle NOTHING_SAID = new LogStyle(null, null, false);
}
