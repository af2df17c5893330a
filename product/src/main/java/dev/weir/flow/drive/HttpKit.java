package dev.weir.flow.drive;

import dev.weir.net.mux.H1Setup;
import dev.weir.net.mux.H2Pool;
import dev.weir.net.mux.H2Setup;
import dev.weir.net.mux.IdlePool;
import dev.weir.wire.h1.H1Limits;
import dev.weir.wire.h1.H1NameCase;
import dev.weir.wire.http.Heads;

/** What the HTTP connections of one worker share: set-ups of engines, plain and special ones. Worker-owned. */
public final class HttpKit {

    private static final int LENIENT = 1;
    private static final int CASED = 2;

    private final H1Setup[] setups = new H1Setup[4];
    private final IdlePool idle;
    private final LiveExchanges live;
    private final Http2 http2;

    /**
     * What connections of HTTP/2 share.
     *
     * @param client how clients are spoken with, {@code server} likewise
     * @param shared connections to servers
     * @param clients connections of clients
     */
    public record Http2(H2Setup client, H2Setup server, H2Pool shared, HttpClients clients) {}

    /**
     * @param names how names are written for peers that look at their case, or null
     * @param live all exchanges under way, those of TCP mode included
     */
    public HttpKit(H1Setup plain, H1NameCase names, IdlePool idle, LiveExchanges live, Http2 http2) {
        this.http2 = http2;
        this.idle = idle;
        this.live = live;
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

    Http2 http2() {
        return http2;
    }

    public H2Pool shared() {
        return http2.shared();
    }

    /** The client connections of HTTP/2. */
    public HttpClients clients() {
        return http2.clients();
    }

    public IdlePool idle() {
        return idle;
    }

    /** Those that are not in use. */
    public Heads heads() {
        return plain().heads();
    }

    public LiveExchanges live() {
        return live;
    }
}
