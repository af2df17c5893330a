package dev.weir.admin.stats;

import dev.weir.base.address.Family;
import dev.weir.base.collect.Setting;
import dev.weir.base.count.Latencies;
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
    private final CheckView agent;
    private final long nowMs;

    ServerRow(Backend backend, Server server, long nowMs) {
        super(backend.spec(), server.counts(), server.id());
        this.server = server;
        CheckView known = server.check();
        this.check = known != null && known.isEnabled() ? known : null;
        this.agent = server.agent();
        this.nowMs = nowMs;
    }

    @Override
    public RowKind kind() {
        return RowKind.SERVER;
    }

    @Override
    public String setting(Setting<String> which) {
        return server.spec().settings().get(which);
    }

    @Override
    public Latencies latencies() {
        return server.timings().latencies();
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
            case WEIGHT -> server.shownWeight();
            case UWEIGHT -> server.state().weight();
            case ACT -> server.backup() ? 0 : 1;
            case BCK -> server.backup() ? 1 : 0;
            case LASTCHG -> (nowMs - server.stateSinceMs()) / 1000;
            // each try is one: with the first choice and with each retry
            case STOT -> server.counts().sum(Count.CHOSEN) + server.counts().sum(Count.RETRIES);
            case REQ_TOT -> isHttp() ? server.counts().sum(Count.REQUESTS) : absent();
            case SRV_ICUR, SAFE_CONN_CUR -> server.idleShare().total();
            case SRID -> server.revision();
            case IDLE_CONN_CUR, PRIV_IDLE_CUR -> 0;
            case THROTTLE -> server.state().operation() == ServerState.Operation.STARTING
                    ? server.state().slowstartPercent() : absent();
            default -> check == null ? ofAgent(metric) : ofCheck(metric);
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
            default -> ofAgent(metric);
        };
    }

    private long ofAgent(Metric metric) {
        if (agent == null) {
            return withoutCheck(metric);
        }
        return switch (metric) {
            case AGENT_CODE -> agent.code() < 0 ? absent() : agent.code();
            case AGENT_DURATION -> agent.durationMs() < 0 ? absent() : agent.durationMs();
            case AGENT_RISE -> agent.rise();
            case AGENT_FALL -> agent.fall();
            case AGENT_HEALTH -> agent.health();
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
            case TRACKED -> tracked();
            case COOKIE -> server.spec().settings().get(ServerSpec.COOKIE);
            case CHECK_STATUS -> check == null ? null : check.shownStatus();
            case LAST_CHK -> check == null || check.durationMs() < 0 ? null : check.detail().info();
            case AGENT_STATUS -> agent == null ? null : agent.shownStatus();
            case LAST_AGT -> agent == null || agent.durationMs() < 0 ? null : agent.detail().info();
            case AGENT_DESC -> agent == null || agent.description().isEmpty() ? null : agent.description();
            case CHECK_DESC -> check == null || check.description().isEmpty() ? null : check.description();
            default -> null;
        };
    }

    /** With its backend, which need not be said where it is the same. */
    private String tracked() {
        String said = server.spec().settings().get(ServerSpec.TRACK);
        return said == null || said.indexOf('/') >= 0 ? said : spec().name() + "/" + said;
    }

    private String status() {
        ServerState state = server.state();
        if (state.inMaintenance()) {
            boolean resolving = (state.admin() & ServerState.Admin.RESOLUTION_MAINTENANCE) != 0;
            boolean inherited = (state.admin() & ServerState.Admin.INHERITED_MAINTENANCE) != 0;
            return inherited ? "MAINT (via " + tracked() + ")" : resolving ? "MAINT (resolution)" : "MAINT";
        }
        ServerState.Operation operation = state.operation();
        if (operation == ServerState.Operation.STOPPED && agent != null && agent.health() == 0) {
            return "DOWN (agent)";
        }
        String word = state.isDraining() ? "DRAIN" : operation == ServerState.Operation.STOPPED ? "DOWN"
                : operation == ServerState.Operation.STOPPING ? "NOLB" : "UP";
        boolean tracks = server.spec().settings().get(ServerSpec.TRACK) != null;
        if (check == null) {
            return word.equals("UP") && !tracks && agent == null ? "no check" : word;
        }
        if (operation == ServerState.Operation.STOPPED) {
            return check.health() > 0 ? "DOWN " + check.health() + "/" + check.rise() : "DOWN";
        }
        int settled = check.rise() + check.fall() - 1;
        boolean wavering = check.health() < settled && check.health() >= check.rise() && check.durationMs() >= 0;
        return wavering ? word + " " + (check.health() - check.rise() + 1) + "/" + check.fall() : word;
    }
}
