package dev.weir.flow.drive;

import java.util.Set;

/**
 * When a frontend's exchanges are written about. Immutable.
 *
 * @param moment the one stop where a line is due by itself
 * @param steps what {@code log-steps} asks for, empty when it leaves that to the moment
 * @param partial whether totals are not final when the line is written ({@code option logasap})
 * @param logsNull whether connections on which nothing was transferred are worth a line
 * @param logsNormal whether exchanges without any trouble are
 * @param separatesErrors whether those with trouble get a level of their own
 */
public record LogPolicy(LogStep moment, Set<LogStep> steps, boolean partial, boolean logsNull, boolean logsNormal,
        boolean separatesErrors) {

    boolean wants(LogStep step) {
        return steps.isEmpty() ? step == moment : steps.contains(step);
    }
}
