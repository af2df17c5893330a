package dev.weir.flow.drive;

import dev.weir.flow.exchange.Exchange;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.H1Mux;
import dev.weir.wire.h1.H1BadHead;
import dev.weir.net.mux.H2Event;
import dev.weir.net.mux.H2Mux;
import dev.weir.net.mux.H2Owner;
import dev.weir.net.mux.H2Stream;
import dev.weir.net.mux.PoolKey;
import dev.weir.net.mux.Reason;
import dev.weir.net.mux.Sink;
import dev.weir.net.mux.Source;
import dev.weir.net.mux.Stream;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Octets;
import java.nio.charset.StandardCharsets;

/**
 * A connection to a server that outlives the exchange it was made for. Worker-owned; one of HTTP/1 may change its worker.
 */
final class ServerConnection implements H2Owner {

    private static final byte[] NTLM = "ntlm".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEGOTIATE = "negotiate".getBytes(StandardCharsets.US_ASCII);

    private final Server server;
    private final PoolKey key;
    /** One of these two speaks on it. */
    private final H1Mux single;
    private final H2Mux many;
    private HttpKit kit;
    /** The client connection that it belongs to alone, or null. */
    private OwnServer owner;
    private OwnServer user;
    private boolean pooled;
    /** Of a connection of HTTP/2, which stays with it. */
    private int worker;
    private int uses;
    /** Of a connection that was accepted; else null. */
    private final Runnable whenSettled;

    /**
     * @param multiplexes whether it is one of HTTP/2
     * @param secure whether it is encrypted
     */
    ServerConnection(Server server, HttpKit kit, PoolKey key, HttpTerms.Peer peer, boolean multiplexes, boolean secure) {
        this.server = server;
        this.kit = kit;
        this.key = key;
        single = multiplexes ? null : H1Mux.asking(kit.of(peer), this);
        many = multiplexes ? H2Mux.asking(kit.http2().server(), this, secure) : null;
        whenSettled = null;
    }

    private ServerConnection(Server server, HttpKit kit, PoolKey key, boolean secure, Runnable whenSettled) {
        this.server = server;
        this.kit = kit;
        this.key = key;
        this.whenSettled = whenSettled;
        single = null;
        many = H2Mux.askingAccepted(kit.http2().server(), this, secure);
    }

    /** A connection that was accepted is that server's from now on; it is told when the peer is ready, or has gone. */
    static void attach(Server server, HttpKit kit, PoolKey key, Connection accepted, Runnable whenSettled) {
        ServerConnection attached = new ServerConnection(server, kit, key, accepted.tls() != null, whenSettled);
        accepted.idlePingMs(server.spec().settings().get(ServerSpec.IDLE_PING_MS));
        accepted.become(attached.many);
    }

    @Override
    public void settled() {
        if (whenSettled != null) {
            whenSettled.run();
            pooled = true;
            kit.shared().attach(key, many);
        }
    }

    /** It has come over from another worker. */
    void cameOver(HttpKit next) {
        kit = next;
        many.movedTo(next.http2().server());
    }

    /** The one whose engine is in charge of that connection. */
    static ServerConnection of(Connection connection) {
        return (ServerConnection) (connection.engine() instanceof H2Mux mux ? mux.owner()
                : ((H1Mux) connection.engine()).owner());
    }

    /** Begins to speak on a new connection, behind what must come before that, if anything. */
    void open(Connection established, Runnable preface) {
        if (many == null) {
            established.become(single);
        }
        if (preface != null) {
            preface.run();
        }
        if (many != null) {
            established.idlePingMs(server.spec().settings().get(ServerSpec.IDLE_PING_MS));
            worker = established.worker().index();
            count(Count.HTTP2_CONNECTIONS);
            established.become(many);
        }
    }

    /** The answer that could not be read, or null. */
    H1BadHead badHead() {
        return single == null ? null : single.badHead();
    }

    boolean multiplexes() {
        return many != null;
    }

    Connection connection() {
        return many != null ? many.connection() : single.connection();
    }

    /** Whether a request can be asked on it: it may have ended since it was taken. */
    boolean isReady() {
        return many != null ? many.hasRoom() : single.connection().engine() == single && single.connection().isOpen();
    }

    /** Begins an exchange. */
    Stream send(Sink receiver, Source sender) {
        if (many == null) {
            return single.send(receiver, sender);
        }
        count(Count.HTTP2_STREAMS);
        return many.send(receiver, sender);
    }

    /** Nobody waits for that answer any more. */
    void abandon(Stream stream, Sink receiver) {
        if (many == null) {
            single.quit(receiver);
        } else {
            stream.source().abort(Reason.ABANDONED);
        }
    }

    /** That exchange is the last one. */
    void wearOut(Stream stream) {
        if (many == null) {
            stream.closeAfter();
        } else {
            many.leaveSoftly();
        }
    }

    Server server() {
        return server;
    }

    /** Whether it has served more than one request. */
    boolean wasReused() {
        return uses > 1;
    }

    /** Whether it has been used as often as {@code max-reuse} allows. */
    boolean isWornOut() {
        int most = server.maxReuse();
        return most >= 0 && uses > most;
    }

    /** It belongs to the worker of that kit now. */
    void movedTo(HttpKit next) {
        kit = next;
        if (single != null) {
            single.movedTo(next.plain());
        }
    }

    /** How many requests have gone over it. */
    int uses() {
        return uses;
    }

    /** One more request goes over it; one that belongs to its client serves nobody else from now on. */
    void use(OwnServer client, boolean belongs) {
        uses++;
        user = client;
        owner = belongs ? client : owner;
        if (many != null && owner == null && !pooled) {
            pooled = true;
            kit.shared().put(key, many);
        }
    }

    /** A server that asks for credentials of the connection itself has it for one client only. */
    void answered(Head head) {
        if (head.status() == 401 || head.status() == 407) {
            HeaderName name = head.status() == 401 ? HeaderName.WWW_AUTHENTICATE : HeaderName.PROXY_AUTHENTICATE;
            for (int i = head.find(name); i >= 0; i = head.find(name, i + 1)) {
                if (startsWith(head, i, NTLM) || startsWith(head, i, NEGOTIATE)) {
                    owner = user;
                    unshare();
                }
            }
        }
    }

    private static boolean startsWith(Head head, int index, byte[] word) {
        if (head.valueLength(index) < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (Octets.lower(head.area()[head.valueAt(index) + i]) != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** That exchange is over which went over it. */
    void carried(Exchange exchange) {
        if (many != null) {
            int worker = exchange.worker().index();
            server.counts().cell(worker).add(Count.HTTP2_BYTES_IN.ordinal(), exchange.bytesIn());
            server.counts().cell(worker).add(Count.HTTP2_BYTES_OUT.ordinal(), exchange.bytesOut());
        }
    }

    private void count(Count what) {
        server.counts().cell(worker).increment(what.ordinal());
    }

    @Override
    public void counted(H2Event what) {
        server.counts().cell(worker).increment(Count.HTTP2_HEADERS_RECEIVED.ordinal() + what.ordinal());
    }

    private void unshare() {
        if (pooled) {
            pooled = false;
            kit.shared().remove(key, many);
        }
    }

    @Override
    public void idle() {
        user = null;
        if (owner != null) {
            owner.keep(this);
        } else if (many != null) {
            kit.shared().idle(key, many);
        } else {
            kit.idle().put(key, single.connection());
        }
    }

    /** Who asked may be called late; such a stream is not used once more. */
    @Override
    public boolean over(H2Stream stream) {
        count(Count.HTTP2_STREAMS_OVER);
        return false;
    }

    @Override
    public void gone() {
        if (whenSettled != null) {
            whenSettled.run();
        }
        unshare();
        if (many != null) {
            count(Count.HTTP2_CLOSED);
        }
        if (owner != null) {
            owner.lost(this);
        }
    }
}
