package dev.weir.flow.drive;

import dev.weir.model.server.Server;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.H1Mux;
import dev.weir.net.mux.MuxOwner;
import dev.weir.net.mux.PoolKey;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Octets;
import java.nio.charset.StandardCharsets;

/** A connection to a server that outlives the exchange it was made for. Worker-owned; it may change its worker. */
final class ServerConnection implements MuxOwner {

    private static final byte[] NTLM = "ntlm".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEGOTIATE = "negotiate".getBytes(StandardCharsets.US_ASCII);

    private final Server server;
    private final PoolKey key;
    private final H1Mux mux;
    private HttpKit kit;
    /** The client connection that it belongs to alone, or null. */
    private HttpConnection owner;
    private HttpConnection user;
    private int uses;

    ServerConnection(Server server, HttpKit kit, PoolKey key, HttpTerms.Peer peer) {
        this.server = server;
        this.kit = kit;
        this.key = key;
        this.mux = H1Mux.asking(kit.of(peer), this);
    }

    /** The one whose engine is in charge of that connection. */
    static ServerConnection of(Connection connection) {
        return (ServerConnection) ((H1Mux) connection.engine()).owner();
    }

    H1Mux mux() {
        return mux;
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
        mux.movedTo(next.plain());
    }

    /** One more request goes over it; with an owner it serves nobody else from now on. */
    void use(HttpConnection client, HttpConnection belongsTo) {
        uses++;
        user = client;
        owner = belongsTo != null ? belongsTo : owner;
    }

    /** A server that asks for credentials of the connection itself has it for one client only. */
    void answered(Head head) {
        if (head.status() == 401 || head.status() == 407) {
            HeaderName name = head.status() == 401 ? HeaderName.WWW_AUTHENTICATE : HeaderName.PROXY_AUTHENTICATE;
            for (int i = head.find(name); i >= 0; i = head.find(name, i + 1)) {
                if (startsWith(head, i, NTLM) || startsWith(head, i, NEGOTIATE)) {
                    owner = user;
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

    @Override
    public void idle() {
        user = null;
        if (owner != null) {
            owner.keepOwn(this);
        } else {
            kit.idle().put(key, mux.connection());
        }
    }

    @Override
    public void gone() {
        if (owner != null) {
            owner.lostOwn(this);
        }
    }
}
