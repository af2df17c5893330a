package dev.weir.admin.stats;

import dev.weir.model.proxy.Entrance;
import dev.weir.model.server.Count;
import dev.weir.net.mux.Listener;
import java.nio.charset.StandardCharsets;

/** A listener's row, for proxies with {@code option socket-stats}. */
final class ListenerRow extends CountedRow {

    private final Listener listener;
    private final Entrance entrance;

    ListenerRow(Listener listener, Entrance entrance) {
        super(entrance.frontend().spec(), entrance.counts(), entrance.id());
        this.listener = listener;
        this.entrance = entrance;
    }

    @Override
    public RowKind kind() {
        return RowKind.LISTENER;
    }

    @Override
    public String guid() {
        return entrance.guid();
    }

    @Override
    long own(Metric metric) {
        return switch (metric) {
            case SCUR -> entrance.connections().value();
            case SMAX -> entrance.connections().max();
            case SLIM -> entrance.maxconn();
            // rules may refuse what was accepted
            case STOT -> entrance.counts().sum(Count.CONNECTIONS);
            default -> absent();
        };
    }

    @Override
    String ownText(Metric metric) {
        return switch (metric) {
            case SVNAME -> name();
            case STATUS -> listener.state() == Listener.State.FULL ? whoseLimit() : "OPEN";
            case ADDR -> listener.socket().localAddress().toString();
            default -> null;
        };
    }

    /** Its own limit makes it full; for that of its frontend or of the process it only waits. */
    private String whoseLimit() {
        boolean own = entrance.maxconn() > 0 && entrance.connections().value() >= entrance.maxconn();
        return own ? "FULL" : "WAITING";
    }

    /** A listener without a name goes by its number. */
    private String name() {
        return entrance.isNamed() ? new String(entrance.nameBytes(), StandardCharsets.UTF_8) : "sock-" + entrance.id();
    }
}
