package dev.weir.flow.rule;

import dev.weir.base.time.Clock;
import dev.weir.flow.expr.ProxyFacts;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Count;

/** A frontend as expressions see it. Shared: what it tells is atomic. */
final class FrontendView implements ProxyFacts {

    private final byte[] defaultBackend;
    /** Set before any traffic comes. */
    Frontend frontend;

    FrontendView(byte[] defaultBackend) {
        this.defaultBackend = defaultBackend;
    }

    @Override
    public byte[] name() {
        return frontend.nameBytes();
    }

    @Override
    public byte[] defaultBackend() {
        return defaultBackend;
    }

    @Override
    public long number(Number which) {
        return switch (which) {
            case ID -> frontend.id();
            case CONNECTIONS -> frontend.connections().value();
            case SESSION_RATE -> frontend.sessionPace().perSecond(Clock.SYSTEM.millis());
            case REQUEST_RATE -> frontend.requestPace().perSecond(Clock.SYSTEM.millis());
            case CLIENT_TIMEOUT -> frontend.spec().settings().get(ProxySpec.TIMEOUT_CLIENT);
            case TARPIT_TIMEOUT -> BackendView.tarpit(frontend.spec());
            default -> BackendView.said(which, frontend.spec());
        };
    }
}
