package dev.weir.net.tls;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How connections to one server are encrypted: the context, and the last session of each worker, with which the next
 * handshake is shorter. Shared: a session is taken out to be used, so that no two workers hold it.
 */
public final class TlsServerEnd {

    /** A session of the library, which this holds a reference of. */
    record Kept(String name, long session) {}

    private final TlsContext context;
    private final String verifiedHost;
    private final boolean verifies;
    private final AtomicReferenceArray<Kept> sessions;

    /**
     * @param verifiedHost the name that its certificate must have, or null for the one that is asked for
     * @param verifies whether its certificate is looked at
     * @param workers how many sessions are kept, 0 for none
     */
    public TlsServerEnd(TlsContext context, String verifiedHost, boolean verifies, int workers) {
        this.context = context;
        this.verifiedHost = verifiedHost;
        this.verifies = verifies;
        this.sessions = new AtomicReferenceArray<>(workers);
    }

    /** Whether it lets servers choose HTTP/2. */
    public boolean offersHttp2() {
        return Alpn.offersHttp2(context.alpn());
    }

    TlsContext context() {
        return context;
    }

    String hostToVerify(String asked) {
        return !verifies ? null : verifiedHost != null ? verifiedHost : asked;
    }

    /** Null for none. */
    Kept take(int worker) {
        return worker < sessions.length() ? sessions.getAndSet(worker, null) : null;
    }

    void keep(int worker, Kept session) {
        Kept former = worker < sessions.length() ? sessions.getAndSet(worker, session) : session;
        if (former != null) {
            OpenSsl.call("SSL_SESSION_free", former.session);
        }
    }

    boolean keepsSessions() {
        return sessions.length() > 0;
    }
}
