package dev.weir.flow.drive;

import dev.weir.base.log.LogLine;
import dev.weir.flow.expr.LogFormat;
import java.util.Map;

/**
 * What one worker writes a frontend's lines with. Worker-owned.
 *
 * @param normal the format of the frontend
 * @param badRequest that of what was no request
 * @param error that of connections that died before they became sessions
 * @param structuredData null when there is none
 * @param profiles one for each target of the log, null where a target has none
 * @param named those that {@code do-log} actions name
 */
public record TrafficFormats(LogFormat normal, LogFormat badRequest, LogFormat error, LogFormat structuredData,
        LogProfile[] profiles, Map<String, LogProfile> named, ExchangeRecord record, LogLine message, LogLine data) {

    public TrafficFormats(LogFormat normal, LogFormat badRequest, LogFormat error, LogFormat structuredData,
            LogProfile[] profiles, Map<String, LogProfile> named) {
        this(normal, badRequest, error, structuredData, profiles, named, new ExchangeRecord(), new LogLine(), new LogLine());
    }
}
