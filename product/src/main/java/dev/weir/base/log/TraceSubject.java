package dev.weir.base.log;

/** What an event is about. */
@FunctionalInterface
public interface TraceSubject {

    /** What of that sort it has to do with, compared by {@code equals}; null for nothing. */
    Object of(TraceLock sort);
}
