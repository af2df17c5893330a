package dev.weir.admin.stats;

import dev.weir.base.address.Family;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.CheckView;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;

/** A server's row. */
final class ServerRow extends CountedRow {

    private final Server server;
    private final CheckView check;
    private final long nowMs;

    ServerRow(Backend backend, Server server, long nowMs) {
        super(backend.spec(), server.counts(), server.id());
        this.server = server;
        CheckView known = server.check();
        this.check = known != null && known.isEnabled() ? known : null;
        this.nowMs = nowMs;
    }

    @Override
    public RowKind kind() {
        return RowKind.SERVER;
    }

    @Override
    long own(Metric metric) {
        return switch (metric) {
            case SCUR -> server.sessions().value();
            case USED_CONN_CUR -> server.served();
            case SMAX, NEED_CONN_EST -> server.sessions().max();
            case SLIM -> limit(server.maxconn());
            case QCUR -> server.queue().value();
            case QMAX -> server.queue().max();
            case QLIMIT -> limit(server.spec().settings().get(ServerSpec.MAXQUEUE));
            case RATE -> server.sessionPace().perSecond(nowMs);
            case RATE_MAX -> server.sessionPace().most();
            case LASTSESS -> server.sessionPace().secondsSince(nowMs);
            case WEIGHT, UWEIGHT -> server.state().weight();
            case ACT -> server.backup() ? 0 : 1;
            case BCK -> server.backup() ? 1 : 0;
            case LASTCHG -> (nowMs - server.stateSinceMs()) / 1000;
            // each try is one: with the first choice and with each retry
            case STOT -> server.counts().sum(Count.CHOSEN) + server.counts().sum(Count.RETRIES);
            case REQ_TOT -> isHttp() ? server.counts().sum(Count.REQUESTS) : absent();
            case SRV_ICUR, SAFE_CONN_CUR -> server.idleShare().total();
            case IDLE_CONN_CUR, PRIV_IDLE_CUR, SRID -> 0;
            default -> check == null ? withoutCheck(metric) : ofCheck(metric);
        };
    }

    private long withoutCheck(Metric metric) {
        return TimingColumns.of(metric, server.timings());
    }

    private long ofCheck(Metric metric) {
        return switch (metric) {
            case DOWNTIME -> server.downMs(nowMs) / 1000;
            case CHECK_CODE -> check.code() < 0 ? absent() : check.code();
            case CHECK_DURATION -> check.durationMs() < 0 ? absent() : check.durationMs();
            case CHECK_RISE -> check.rise();
            case CHECK_FALL -> check.fall();
            case CHECK_HEALTH -> check.health();
            default -> withoutCheck(metric);
        };
    }

    /** What no check has ever counted is not 0 but nothing. */
    @Override
    boolean hides(Metric metric) {
        return check == null && (metric == Metric.CHKFAIL || metric == Metric.CHKDOWN || metric == Metric.DOWNTIME);
    }

    @Override
    String ownText(Metric metric) {
        return switch (metric) {
            case SVNAME -> server.name();
            case STATUS -> status();
            case ADDR -> server.address().family() == Family.NONE ? null : server.address().toString();
            case COOKIE -> server.spec().settings().get(ServerSpec.COOKIE);
            case CHECK_STATUS -> check == null ? null : check.status();
            case LAST_CHK -> check == null || check.durationMs() < 0 ? null : check.detail().info();
            case CHECK_DESC -> check == null || check.description().isEmpty() ? null : check.description();
            default -> null;
        };
    }

    private String status() {
        ServerState state = server.state();
        if (state.inMaintenance()) {
            boolean resolving = (state.admin() & ServerState.Admin.RESOLUTION_MAINTENANCE) != 0;
            return resolving ? "MAINT (resolution)" : "MAINT";
        }
        if (state.operation() == ServerState.Operation.STOPPED && check == null) {
            return "DOWN";
        }
        if (check == null) {
            return state.isDraining() ? "DRAIN" : "no check";
        }
        if (state.operation() == ServerState.Operation.STOPPING) {
            return "NOLB";
        }
        if (state.operation() == ServerState.Operation.STOPPED) {
            return check.health() > 0 ? "DOWN " + check.health() + "/" + check.rise() : "DOWN";
        }
        if (state.isDraining()) {
            return "DRAIN";
        }
        int settled = check.rise() + check.fall() - 1;
        boolean wavering = check.health() < settled && check.health() >= check.rise() && check.durationMs() >= 0;
        return wavering ? "UP " + (check.health() - check.rise() + 1) + "/" + check.fall() : "UP";
    }
}
