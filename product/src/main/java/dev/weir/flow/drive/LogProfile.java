package dev.weir.flow.drive;

import java.util.Map;

/**
 * A {@code log-profile} as one worker uses it: what it says of a step, or of any (configuration.txt 8.3.5). The more
 * precise of both counts alone. Worker-owned.
 */
public final class LogProfile {

    private final LogStyle[] styles = new LogStyle[LogStep.values().length];

    /** @param any what holds for steps without a style of their own, or null */
    public LogProfile(Map<LogStep, LogStyle> own, LogStyle any) {
        for (LogStep step : LogStep.values()) {
            LogStyle otherwise = any == null ? LogStyle.NOTHING_SAID : any;
            styles[step.ordinal()] = own.getOrDefault(step, otherwise);
        }
    }

    LogStyle at(LogStep step) {
        return styles[step.ordinal()];
    }
}
