package dev.weir.admin.stats;

import dev.weir.base.collect.Setting;
import dev.weir.base.count.Latencies;
import dev.weir.model.proxy.ProxySpec;

/** The values of one frontend, listener, server or backend at one moment. Asked only for metrics of its kind. */
public interface StatsRow {

    RowKind kind();

    /** The proxy that it is about or of. */
    ProxySpec proxy();

    /** How the times of its exchanges are spread, or null where that is not counted. */
    default Latencies latencies() {
        return null;
    }

    /** What the line of a server says; null for other rows. */
    default String setting(Setting<String> which) {
        return null;
    }

    /** What tells it from all others, or null. */
    default String guid() {
        return null;
    }

    /** What a part of the process counts of it, {@link #ABSENT} where it does not. */
    default long module(ModuleColumn column) {
        return ABSENT;
    }

    /** Whether there is a value; a limit that is not set has none. */
    boolean has(Metric metric);

    /** What {@link #numberOrAbsent} says of a metric without a value. */
    long ABSENT = Long.MIN_VALUE;

    /** The value of a metric that is a number, {@link #ABSENT} where there is none. */
    default long numberOrAbsent(Metric metric) {
        return has(metric) ? number(metric) : ABSENT;
    }

    /** The value of a metric that is a number. */
    long number(Metric metric);

    /** The value of a metric that is a text. */
    String text(Metric metric);
}
