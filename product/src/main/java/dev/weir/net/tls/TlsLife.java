package dev.weir.net.tls;

import java.lang.foreign.Arena;
import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What lives on when one configuration follows another: contexts that would be made the same way once more, with the
 * sessions that they remember, and the keys that tickets are sealed with. One per process. Shared: each map is,
 * since files are read while commands go on.
 */
final class TlsLife {

    private static final int TICKET_KEYS = 80;

    /** Made when first needed. */
    private static final class Secret {

        private static final byte[] KEYS = new byte[TICKET_KEYS];

        static {
            new SecureRandom().nextBytes(KEYS);
        }
    }

    private final Map<String, WeakReference<TlsContext>> contexts = new ConcurrentHashMap<>();
    private final Map<String, TicketKeys> tickets = new ConcurrentSkipListMap<>();
    private final Map<String, TrustFile> trusted = new ConcurrentHashMap<>();

    /** One that is still in use or will be, or null. */
    TlsContext context(String key) {
        WeakReference<TlsContext> known = contexts.get(key);
        TlsContext context = known == null ? null : known.get();
        return context == null || context.isRetired() ? null : context;
    }

    TlsContext keep(String key, TlsContext context) {
        contexts.values().removeIf(each -> each.get() == null);
        contexts.put(key, new WeakReference<>(context));
        return context;
    }

    /** The keys of a file: those that commands have made of it, unless the file is another. */
    TicketKeys tickets(String path) throws TlsError {
        TicketKeys read = TicketKeys.load(path);
        TicketKeys known = tickets.get(path);
        if (known == null || !known.isReadAs(read)) {
            tickets.put(path, read);
            known = read;
        }
        return known;
    }

    Map<String, TicketKeys> tickets() {
        return new TreeMap<>(tickets);
    }

    /** What commands made of a file, unless it is another; then as it was read. */
    TrustFile current(TrustFile read) {
        TrustFile known = trusted.get(read.name());
        if (known == null || !known.isReadAs(read)) {
            trusted.put(read.name(), read);
            known = read;
        }
        return known;
    }

    void replace(TrustFile next) {
        trusted.put(next.name(), next);
    }

    /** Without keys of a file the process has its own, so that a ticket is good for whatever context follows. */
    void sealTickets(long context) {
        try (Arena arena = Arena.ofConfined()) {
            OpenSsl.call("SSL_CTX_ctrl", context, SslControl.SET_TICKET_KEYS, TICKET_KEYS, OpenSsl.copy(arena, Secret.KEYS));
        }
    }
}
