package dev.weir.admin.stats;

import dev.weir.base.count.Latencies;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.server.Count;
import dev.weir.model.server.Pace;

/** A frontend's row. */
final class FrontendRow extends CountedRow {

    private final Frontend frontend;
    private final long nowMs;

    FrontendRow(Frontend frontend, long nowMs) {
        super(frontend.spec(), frontend.counts(), 0);
        this.frontend = frontend;
        this.nowMs = nowMs;
    }

    @Override
    public RowKind kind() {
        return RowKind.FRONTEND;
    }

    @Override
    public Latencies latencies() {
        return frontend.latencies();
    }

    @Override
    long reckoned(ModuleColumn column) {
        long http2 = sum(Count.HTTP2_SESSIONS);
        long streams = sum(Count.HTTP2_REQUESTS);
        long openStreams = streams - sum(Count.HTTP2_STREAMS_OVER);
        return switch (column) {
            case H2_OPEN_CONNECTIONS -> frontend.http2Connections().value();
            case H2_BACKEND_OPEN_STREAMS -> openStreams;
            case H2_TOTAL_CONNECTIONS -> http2;
            case H2_BACKEND_TOTAL_STREAMS -> streams;
            case H1_OPEN_CONNECTIONS -> ofHttp(frontend.connections().value() - frontend.http2Connections().value());
            case H1_OPEN_STREAMS -> ofHttp(sum(Count.REQUESTS) - sum(Count.ENDED_REQUESTS) - openStreams);
            case H1_TOTAL_CONNECTIONS -> ofHttp(sessions() - http2);
            case H1_TOTAL_STREAMS -> ofHttp(requests() - streams);
            case H1_BYTES_IN -> ofHttp(sum(Count.BYTES_IN) - sum(Count.HTTP2_BYTES_IN));
            case H1_BYTES_OUT -> ofHttp(sum(Count.BYTES_OUT) - sum(Count.HTTP2_BYTES_OUT));
            default -> 0;
        };
    }

    /** Counters of other moments may differ by one. */
    private long ofHttp(long difference) {
        return isHttp() ? Math.max(0, difference) : 0;
    }

    @Override
    long own(Metric metric) {
        return switch (metric) {
            case SCUR -> frontend.connections().value();
            case SMAX -> frontend.connections().max();
            case SLIM -> frontend.maxconn();
            case STOT -> isHttp() ? sessions() : absent();
            case RATE -> pace().perSecond(nowMs);
            case RATE_MAX -> pace().most();
            case RATE_LIM -> frontend.sessionLimit();
            case CONN_RATE -> frontend.connectionPace().perSecond(nowMs);
            case CONN_RATE_MAX -> frontend.connectionPace().most();
            case REQ_RATE -> frontend.requestPace().perSecond(nowMs);
            case REQ_RATE_MAX -> frontend.requestPace().most();
            case REQ_TOT -> requests();
            case H1REQ -> requests() - frontend.counts().sum(Count.HTTP2_REQUESTS);
            case H2REQ -> frontend.counts().sum(Count.HTTP2_REQUESTS);
            case H1SESS -> isHttp() ? sessions() - frontend.counts().sum(Count.HTTP2_SESSIONS) : 0;
            case H2SESS -> frontend.counts().sum(Count.HTTP2_SESSIONS);
            case SESS_OTHER -> isHttp() ? 0 : frontend.counts().sum(Count.SESSIONS);
            case H3SESS, H3REQ, REQ_OTHER -> 0;
            default -> absent();
        };
    }

    /** A session of HTTP is a connection, whatever requests it brings. */
    private long sessions() {
        return frontend.counts().sum(Count.CONNECTIONS) - frontend.counts().sum(Count.DENIED_CONNECTIONS);
    }

    private Pace pace() {
        return isHttp() ? frontend.connectionPace() : frontend.sessionPace();
    }

    /** Those that were none are counted too. */
    private long requests() {
        return isHttp() ? frontend.counts().sum(Count.REQUESTS) + frontend.counts().sum(Count.FAILED_REQUESTS) : 0;
    }

    @Override
    String ownText(Metric metric) {
        return switch (metric) {
            case SVNAME -> "FRONTEND";
            case STATUS -> frontend.isStopped() ? "STOP" : frontend.isPaused() ? "PAUSED" : "OPEN";
            default -> null;
        };
    }
}
