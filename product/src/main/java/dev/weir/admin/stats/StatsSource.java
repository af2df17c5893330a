package dev.weir.admin.stats;

/**
 * The rows of one view, one after the other: by proxy in order of declaration, each FRONTEND, listeners, servers, BACKEND.
 * A row is good until the next is asked for, so one object may serve for all.
 */
@FunctionalInterface
public interface StatsSource {

    /** Null after the last. */
    StatsRow next();
}
