package dev.weir.admin.stats;

import dev.weir.base.count.CellGroup;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Count;
import java.util.EnumMap;
import java.util.Map;

/** What the rows of all kinds share: counters by their metric, the proxy's identity. */
abstract class CountedRow implements StatsRow {

    private static final Map<Metric, Count> COUNTS = new EnumMap<>(Metric.class);

    static {
        COUNTS.put(Metric.STOT, Count.SESSIONS);
        COUNTS.put(Metric.BIN, Count.BYTES_IN);
        COUNTS.put(Metric.BOUT, Count.BYTES_OUT);
        COUNTS.put(Metric.DREQ, Count.DENIED_REQUESTS);
        COUNTS.put(Metric.DRESP, Count.DENIED_RESPONSES);
        COUNTS.put(Metric.EREQ, Count.FAILED_REQUESTS);
        COUNTS.put(Metric.ECON, Count.FAILED_CONNECTS);
        COUNTS.put(Metric.ERESP, Count.FAILED_RESPONSES);
        COUNTS.put(Metric.WRETR, Count.RETRIES);
        COUNTS.put(Metric.WREDIS, Count.REDISPATCHES);
        COUNTS.put(Metric.LBTOT, Count.CHOSEN);
        COUNTS.put(Metric.CLI_ABRT, Count.CLIENT_ABORTS);
        COUNTS.put(Metric.SRV_ABRT, Count.SERVER_ABORTS);
        COUNTS.put(Metric.DCON, Count.DENIED_CONNECTIONS);
        COUNTS.put(Metric.DSES, Count.DENIED_SESSIONS);
        COUNTS.put(Metric.CONN_TOT, Count.CONNECTIONS);
        COUNTS.put(Metric.CHKFAIL, Count.FAILED_CHECKS);
        COUNTS.put(Metric.CHKDOWN, Count.WENT_DOWN);
        COUNTS.put(Metric.REUSE, Count.REUSED);
        COUNTS.put(Metric.HRSP_1XX, Count.RESPONSES_1XX);
        COUNTS.put(Metric.HRSP_2XX, Count.RESPONSES_2XX);
        COUNTS.put(Metric.HRSP_3XX, Count.RESPONSES_3XX);
        COUNTS.put(Metric.HRSP_4XX, Count.RESPONSES_4XX);
        COUNTS.put(Metric.HRSP_5XX, Count.RESPONSES_5XX);
        COUNTS.put(Metric.HRSP_OTHER, Count.RESPONSES_OTHER);
        COUNTS.put(Metric.INTERCEPTED, Count.ANSWERED);
        COUNTS.put(Metric.CACHE_LOOKUPS, Count.CACHE_LOOKUPS);
        COUNTS.put(Metric.CACHE_HITS, Count.CACHE_HITS);
        COUNTS.put(Metric.CACHE_HINT_HITS, Count.CACHE_HINT_HITS);
        COUNTS.put(Metric.COMP_IN, Count.COMPRESSOR_IN);
        COUNTS.put(Metric.COMP_OUT, Count.COMPRESSOR_OUT);
        COUNTS.put(Metric.COMP_RSP, Count.COMPRESSED_RESPONSES);
        COUNTS.put(Metric.REQBIN, Count.BYTES_IN);
        COUNTS.put(Metric.RESBOUT, Count.BYTES_OUT);
    }

    private final ProxySpec spec;
    private final CellGroup counts;
    private final int id;

    CountedRow(ProxySpec spec, CellGroup counts, int id) {
        this.spec = spec;
        this.counts = counts;
        this.id = id;
    }

    /** The counter that is a metric, or null. */
    static Count countOf(Metric metric) {
        return COUNTS.get(metric);
    }

    @Override
    public final ProxySpec proxy() {
        return spec;
    }

    final ProxySpec spec() {
        return spec;
    }

    boolean isHttp() {
        return spec.settings().get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
    }

    /** The number of a metric of this kind of row, {@link #ABSENT} when there is none. */
    abstract long own(Metric metric);

    /** The text of a metric of this kind of row, or null. */
    abstract String ownText(Metric metric);

    boolean hides(Metric metric) {
        return false;
    }

    /** What means nothing outside HTTP. */
    private boolean isForeign(Metric metric) {
        return !isHttp() && switch (metric) {
            case HRSP_1XX, HRSP_2XX, HRSP_3XX, HRSP_4XX, HRSP_5XX, HRSP_OTHER, INTERCEPTED, CACHE_LOOKUPS, CACHE_HITS,
                    CACHE_HINT_HITS -> true;
            default -> false;
        };
    }

    @Override
    public final long module(ModuleColumn column) {
        return !column.isFor(kind()) ? ABSENT : column.count() != null ? sum(column.count()) : reckoned(column);
    }

    /** What the row counts of that. */
    long sum(Count count) {
        return counts.sum(count);
    }

    /** A column of a module that is no counter. */
    long reckoned(ModuleColumn column) {
        return 0;
    }

    static long absent() {
        return ABSENT;
    }

    /** A limit of 0 is none. */
    static long limit(int configured) {
        return configured > 0 ? configured : ABSENT;
    }

    @Override
    public final boolean has(Metric metric) {
        return metric.type() == Metric.Type.STR ? text(metric) != null : number(metric) != ABSENT;
    }

    @Override
    public final long numberOrAbsent(Metric metric) {
        return number(metric);
    }

    @Override
    public final long number(Metric metric) {
        if (hides(metric) || isForeign(metric)) {
            return ABSENT;
        }
        long own = own(metric);
        if (own != ABSENT) {
            return own;
        }
        return switch (metric) {
            case PID -> 1;
            case IID -> spec.id();
            case SID -> id;
            case TYPE -> kind().ordinal();
            case WREW, EINT, COMP_BYP -> 0;
            // each choice led to a connection unless there was one, each retry to one more
            case CONNECT -> counts.sum(Count.CHOSEN) + counts.sum(Count.RETRIES) - counts.sum(Count.REUSED);
            case REQBOUT -> counts.sum(Count.BYTES_IN);
            case RESBIN -> counts.sum(Count.BYTES_OUT);
            default -> {
                Count count = COUNTS.get(metric);
                yield count == null ? ABSENT : counts.sum(count);
            }
        };
    }

    @Override
    public final String text(Metric metric) {
        return switch (metric) {
            case PXNAME -> spec.name();
            case MODE -> isHttp() ? "http" : spec.settings().get(ProxySpec.MODE) == ProxySpec.Mode.LOG ? "syslog" : "tcp";
            default -> ownText(metric);
        };
    }
}
