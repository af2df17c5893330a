package dev.weir.net.tls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What one dialled connection wants of its server: a name, and the session of the last time. Worker-owned. */
public final class TlsClient {

    /** A server that has not given a session by then gives none. */
    private static final int LOOKS = 3;

    private final TlsServerEnd server;
    private final int worker;
    private final String name;
    private final byte[] protocols;
    private final Sessions sessions;
    private final TlsContext context;
    private int looks;

    /** @param name the server name to ask for, or null */
    public TlsClient(TlsServerEnd server, int worker, String name) {
        this(server, worker, name, Alpn.NONE);
    }

    /** @param protocols what is offered instead of what the line says, where there is any */
    public TlsClient(TlsServerEnd server, int worker, String name, byte[] protocols) {
        this.protocols = protocols;
        this.server = server;
        this.context = server.context();
        this.worker = worker;
        this.name = name;
        sessions = server.sessions();
        looks = sessions != null ? LOOKS : 0;
    }

    TlsContext context() {
        return context;
    }

    /** Whether its certificate must be for the name that is asked for, since the line names no other. */
    boolean verifiesName() {
        return name != null && server.hostToVerify(null) == null;
    }

    void prepare(long ssl) {
        try (Arena arena = Arena.ofConfined()) {
            if (name != null) {
                OpenSsl.call("SSL_ctrl", ssl, SslControl.SERVER_NAME, 0, OpenSsl.zeroEnded(arena, name).address());
            }
            if (protocols.length > 0) {
                MemorySegment list = arena.allocate(protocols.length);
                MemorySegment.copy(protocols, 0, list, ValueLayout.JAVA_BYTE, 0, protocols.length);
                OpenSsl.call("SSL_set_alpn_protos", ssl, list.address(), protocols.length);
            }
            String host = server.hostToVerify(name);
            if (host != null) {
                OpenSsl.call("SSL_set1_host", ssl, OpenSsl.zeroEnded(arena, host).address());
            }
        }
        Sessions.Kept kept = sessions == null ? null : sessions.take(worker);
        if (kept != null) {
            if (java.util.Objects.equals(kept.name(), name)) {
                OpenSsl.call("SSL_set_session", ssl, kept.session());
            }
            sessions.keep(worker, kept);
        }
    }

    void established(long ssl) {
        received(ssl);
    }

    /** A server gives sessions after the handshake, when it likes. */
    void received(long ssl) {
        if (looks > 0) {
            looks--;
            long session = OpenSsl.call("SSL_get1_session", ssl);
            if (session != 0 && OpenSsl.number("SSL_SESSION_is_resumable", session) == 1) {
                looks = 0;
                sessions.keep(worker, new Sessions.Kept(name, session));
            } else if (session != 0) {
                OpenSsl.call("SSL_SESSION_free", session);
            }
        }
    }
}
