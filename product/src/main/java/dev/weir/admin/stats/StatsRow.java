package dev.weir.admin.stats;

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

    /** Whether there is a value; a limit that is not set has none. */
    boolean has(Metric metric);

    /** The value of a metric that is a number. */
    long number(Metric metric);

    /** The value of a metric that is a text. */
    String text(Metric metric);
}
