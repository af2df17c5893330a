package dev.weir.net.tls;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What of the library's lives as long as an object of ours: it is freed when nobody can reach that object any more. The
 * library counts references itself, so a connection keeps what it was begun with. Shared: atomic.
 */
final class Native {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final AtomicInteger CONTEXTS = new AtomicInteger();

    private Native() {}

    /** How many contexts there are. */
    static int contexts() {
        return CONTEXTS.get();
    }

    /** @param pointers 0 is passed over */
    static void own(Object owner, String free, long... pointers) {
        CLEANER.register(owner, () -> {
            for (long each : pointers) {
                if (each != 0) {
                    OpenSsl.call(free, each);
                }
            }
        });
    }

    /** Frees a context, and the sessions that were kept for it; at once when that is run. */
    static Cleaner.Cleanable ownContext(TlsContext owner, long pointer, Sessions sessions) {
        CONTEXTS.incrementAndGet();
        return CLEANER.register(owner, () -> {
            CONTEXTS.decrementAndGet();
            if (sessions != null) {
                sessions.clear();
            }
            OpenSsl.call("SSL_CTX_free", pointer);
        });
    }
}
