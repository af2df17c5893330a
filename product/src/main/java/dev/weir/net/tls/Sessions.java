package dev.weir.net.tls;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last session of each worker with one server, with which the next handshake is shorter. Shared: a session is taken out
 * to be used, so that no two workers hold it.
 */
final class Sessions {

    /** More workers than there will be. */
    private static final int WORKERS = 256;

    /** A session of the library, which this holds a reference of. */
    record Kept(String name, long session) {}

    private final AtomicReferenceArray<Kept> sessions = new AtomicReferenceArray<>(WORKERS);

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

    void clear() {
        for (int i = 0; i < sessions.length(); i++) {
            keep(i, null);
        }
    }
}
