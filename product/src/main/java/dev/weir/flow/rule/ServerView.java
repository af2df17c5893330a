package dev.weir.flow.rule;

import dev.weir.base.time.Clock;
import dev.weir.flow.expr.ServerFacts;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;

/** A server as expressions see it. Shared: what it tells is atomic. */
public final class ServerView implements ServerFacts {

    /** Set before it is asked. */
    Server server;

    /** This view of that server. */
    public ServerView of(Server living) {
        server = living;
        return this;
    }

    /** The server itself, once there is one. */
    public Server living() {
        return server;
    }

    @Override
    public byte[] name() {
        return server.nameBytes();
    }

    @Override
    public long number(Number which) {
        return switch (which) {
            case ID -> server.id();
            case UP -> isUp() ? 1 : 0;
            case CONNECTIONS -> server.sessions().value();
            case FREE_CONNECTIONS -> server.maxconn() == 0 ? -1 : Math.max(0, server.maxconn() - server.served());
            case QUEUED -> server.queue().value();
            case SESSION_RATE -> server.sessionPace().perSecond(Clock.SYSTEM.millis());
            case WEIGHT -> server.shownWeight();
            case INITIAL_WEIGHT -> server.spec().settings().get(ServerSpec.WEIGHT);
            case USER_WEIGHT -> server.state().weight();
        };
    }

    private boolean isUp() {
        return server.usable() || server.state().weight() == 0 && server.state().isReachable();
    }
}
