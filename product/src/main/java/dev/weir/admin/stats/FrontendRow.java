package dev.weir.admin.stats;

import dev.weir.model.proxy.Frontend;
import dev.weir.model.server.Count;

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
    long own(Metric metric) {
        return switch (metric) {
            case SCUR -> frontend.connections().value();
            case SMAX -> frontend.connections().max();
            case SLIM -> frontend.maxconn();
            case RATE -> frontend.sessionPace().perSecond(nowMs);
            case RATE_MAX -> frontend.sessionPace().most();
            case RATE_LIM -> 0;
            case CONN_RATE -> frontend.connectionPace().perSecond(nowMs);
            case CONN_RATE_MAX -> frontend.connectionPace().most();
            case REQ_RATE -> isHttp() ? frontend.sessionPace().perSecond(nowMs) : 0;
            case REQ_RATE_MAX -> isHttp() ? frontend.sessionPace().most() : 0;
            case REQ_TOT, H1REQ -> isHttp() ? frontend.counts().sum(Count.SESSIONS) : 0;
            case INTERCEPTED -> isHttp() ? frontend.counts().sum(Count.SESSIONS) : absent();
            case H1SESS -> isHttp() ? frontend.counts().sum(Count.CONNECTIONS) : 0;
            case SESS_OTHER -> isHttp() ? 0 : frontend.counts().sum(Count.SESSIONS);
            default -> absent();
        };
    }

    @Override
    String ownText(Metric metric) {
        return switch (metric) {
            case SVNAME -> "FRONTEND";
            case STATUS -> "OPEN";
            default -> null;
        };
    }
}
