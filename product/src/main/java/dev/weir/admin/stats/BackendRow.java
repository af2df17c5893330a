package dev.weir.admin.stats;

import dev.weir.base.count.Latencies;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import java.util.List;

/** A backend's row. */
final class BackendRow extends CountedRow {

    private final Backend backend;
    private final long nowMs;

    BackendRow(Backend backend, long nowMs) {
        super(backend.spec(), backend.counts(), 0);
        this.backend = backend;
        this.nowMs = nowMs;
    }

    @Override
    public RowKind kind() {
        return RowKind.BACKEND;
    }

    @Override
    public Latencies latencies() {
        return backend.timings().latencies();
    }

    @Override
    long own(Metric metric) {
        return switch (metric) {
            case SCUR -> backend.sessions().value();
            case SMAX -> backend.sessions().max();
            case SLIM -> limit(backend.fullconn());
            case QCUR -> backend.queue().value();
            case QMAX -> backend.queue().max();
            case RATE -> backend.sessionPace().perSecond(nowMs);
            case RATE_MAX -> backend.sessionPace().most();
            case LASTSESS -> backend.sessionPace().secondsSince(nowMs);
            case LASTCHG -> (nowMs - backend.stateSinceMs()) / 1000;
            case DOWNTIME -> backend.servers().isEmpty() ? absent() : backend.downMs(nowMs) / 1000;
            case ACT -> usable(false);
            case BCK -> usable(true);
            case WEIGHT, UWEIGHT -> weight();
            case REQ_TOT -> isHttp() ? backend.counts().sum(Count.SESSIONS) : absent();
            case AGG_SERVER_STATUS, AGG_SERVER_CHECK_STATUS, AGG_CHECK_STATUS -> 0;
            default -> TimingColumns.of(metric, backend.timings());
        };
    }

    /** Connections to servers are counted with them. */
    @Override
    long sum(Count count) {
        if (count.ordinal() < Count.HTTP2_BYTES_IN.ordinal() || count.ordinal() >= Count.TLS_SESSIONS.ordinal()) {
            return super.sum(count);
        }
        long sum = 0;
        for (Server server : backend.servers()) {
            sum += server.counts().sum(count);
        }
        return sum;
    }

    @Override
    long reckoned(ModuleColumn column) {
        long connections = sum(Count.HTTP2_CONNECTIONS);
        long streams = sum(Count.HTTP2_STREAMS);
        long openStreams = streams - sum(Count.HTTP2_STREAMS_OVER);
        return switch (column) {
            case H2_OPEN_CONNECTIONS -> connections - sum(Count.HTTP2_CLOSED);
            case H2_BACKEND_OPEN_STREAMS -> openStreams;
            case H2_TOTAL_CONNECTIONS -> connections;
            case H2_BACKEND_TOTAL_STREAMS -> streams;
            case H1_OPEN_CONNECTIONS -> ofHttp(served() + idle() - openStreams);
            case H1_OPEN_STREAMS -> ofHttp(served() - openStreams);
            case H1_TOTAL_CONNECTIONS -> ofHttp(number(Metric.CONNECT) - sum(Count.FAILED_CONNECTS) - connections);
            case H1_TOTAL_STREAMS -> ofHttp(sum(Count.REQUESTS) - streams);
            case H1_BYTES_IN -> ofHttp(sum(Count.BYTES_OUT) - sum(Count.HTTP2_BYTES_OUT));
            case H1_BYTES_OUT -> ofHttp(sum(Count.BYTES_IN) - sum(Count.HTTP2_BYTES_IN));
            default -> 0;
        };
    }

    private long ofHttp(long difference) {
        return isHttp() ? Math.max(0, difference) : 0;
    }

    private long served() {
        long served = 0;
        for (Server server : backend.servers()) {
            served += server.served();
        }
        return served;
    }

    private long idle() {
        long idle = 0;
        for (Server server : backend.servers()) {
            idle += server.idleShare().total();
        }
        return idle;
    }

    private long usable(boolean backup) {
        long count = 0;
        for (Server server : backend.servers()) {
            count += server.usable() && server.backup() == backup ? 1 : 0;
        }
        return count;
    }

    /** Of the active servers, or of the backups when none is active. */
    private long weight() {
        boolean backups = usable(false) == 0;
        long sum = 0;
        for (Server server : backend.servers()) {
            sum += server.usable() && server.backup() == backups ? server.state().weight() : 0;
        }
        return sum;
    }

    @Override
    String ownText(Metric metric) {
        return switch (metric) {
            case SVNAME -> "BACKEND";
            case STATUS -> backend.isUp() ? "UP" : "DOWN";
            case ALGO -> algorithm();
            case COOKIE -> cookie();
            default -> null;
        };
    }

    /** The name of the cookie that keeps clients with their server, or null. */
    private String cookie() {
        String name = null;
        for (RuleLine line : backend.spec().settings().get(ProxySpec.RULES)) {
            name = line.kind().equals("cookie") ? line.args().getFirst() : name;
        }
        return name;
    }

    private String algorithm() {
        List<String> words = backend.spec().settings().get(ProxySpec.BALANCE);
        return words.isEmpty() ? "random" : words.get(0);
    }
}
