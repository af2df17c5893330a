package dev.weir.flow.expr;

import dev.weir.base.log.LogLine;
import java.nio.charset.StandardCharsets;

/** The log aliases that tell of a request: its line, captured headers, cookies. Stateless. */
final class LogHttpAliases {

    private static final byte[] BAD = "<BADREQ>".getBytes(StandardCharsets.US_ASCII);

    private LogHttpAliases() {}

    /** A part of the request line; a request that was none is {@code <BADREQ>} in each. */
    static LogAliases.Maker part(RequestPart part) {
        return flags -> (record, out) -> {
            LogText.quote(out, flags);
            byte[] line = record.requestLine();
            if (line == null) {
                out.put(BAD);
            } else {
                long range = record.requestPart(part);
                int from = (int) (range >>> 32);
                LogText.append(out, line, from, from + (int) range, flags, LogText.IN_LINES);
            }
            LogText.quote(out, flags);
        };
    }

    /** Captured headers as {@code {a|b}}; nothing at all when none are to be captured. */
    static LogAliases.Maker block(boolean ofResponse) {
        return flags -> (record, out) -> {
            byte[][] captures = ofResponse ? record.responseCaptures() : record.requestCaptures();
            if (captures.length == 0) {
                return;
            }
            LogText.quote(out, flags);
            out.put('{');
            for (int i = 0; i < captures.length; i++) {
                if (i > 0) {
                    out.put('|');
                }
                header(out, captures[i], flags);
            }
            out.put('}');
            LogText.quote(out, flags);
        };
    }

    /** Captured headers one by one, for CLF. */
    static LogAliases.Maker list(boolean ofResponse) {
        return flags -> (record, out) -> {
            byte[][] captures = ofResponse ? record.responseCaptures() : record.requestCaptures();
            boolean bare = (flags & LogFlags.BARE) != 0;
            for (int i = 0; i < captures.length; i++) {
                if (i > 0 && !bare) {
                    out.put(' ');
                }
                if (captures[i] == null) {
                    LogText.absent(out, flags);
                } else {
                    LogText.quote(out, flags);
                    header(out, captures[i], flags);
                    LogText.quote(out, flags);
                }
                if (bare) {
                    out.put(0);
                }
            }
        };
    }

    private static void header(LogLine out, byte[] value, int flags) {
        if (value != null) {
            LogText.append(out, value, 0, value.length, flags, LogText.IN_HEADERS);
        }
    }
}
