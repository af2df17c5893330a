package dev.weir.flow.drive;

import dev.weir.net.mux.H1Setup;
import dev.weir.net.mux.IdlePool;
import dev.weir.wire.h1.H1Limits;
import dev.weir.wire.h1.H1NameCase;

/** What the HTTP connections of one worker share: set-ups of engines, plain and special ones. Worker-owned. */
public final class HttpKit {

    private static final int LENIENT = 1;
    private static final int CASED = 2;

    private final H1Setup[] setups = new H1Setup[4];
    private final IdlePool idle;

    /** @param names how names are written for peers that look at their case, or null */
    public HttpKit(H1Setup plain, H1NameCase names, IdlePool idle) {
        this.idle = idle;
        for (int i = 0; i < setups.length; i++) {
            H1Limits limits = (i & LENIENT) == 0 ? plain.limits() : plain.limits().relaxed();
            setups[i] = new H1Setup(limits, plain.window(), (i & CASED) == 0 ? null : names, plain.heads());
        }
    }

    H1Setup plain() {
        return setups[0];
    }

    H1Setup of(HttpTerms.Peer peer) {
        return setups[(peer.lenient() ? LENIENT : 0) | (peer.minds() ? CASED : 0)];
    }

    IdlePool idle() {
        return idle;
    }
}
