package dev.weir.flow.drive;

import dev.weir.base.time.Timer;
import dev.weir.model.server.Server;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Encryption;
import dev.weir.net.mux.Kind;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.PoolKey;
import dev.weir.net.mux.Reason;
import dev.weir.net.mux.Sink;
import dev.weir.net.mux.Source;
import dev.weir.net.mux.Stream;
import dev.weir.net.sock.Dialer;
import dev.weir.net.sock.SockOpt;
import dev.weir.net.tls.Alpn;
import dev.weir.net.tls.TlsClient;
import dev.weir.net.tls.TlsFault;
import dev.weir.wire.http.Head;
import io.netty.buffer.ByteBuf;
import java.net.BindException;
import java.util.List;

/**
 * One request of ours over a server's pool of connections: an idle one of any worker, or a new one, which the pool gets
 * afterwards. Looks for one on worker after worker, and then stays with the one where it found or made it. A request that an
 * old connection did not take is asked once more on a new one. Owned by the worker that it has come to.
 */
public final class Errand extends Timer implements Sink, Mux, Dialer.DialOutcome, Encryption.Handshake {

    /** Hears what becomes of it, on the errand's worker. */
    public interface Told {

        void connected();

        void securing();

        /** @param ofOurs whether it did not even come to a try */
        void failed(boolean ofOurs, String why);

        void refused(String why);

        /** The answer, as HTTP/1 has it. */
        void received(ByteBuf bytes);

        void ended();

        void broken();
    }

    /** A worker and what its connections share. */
    public record Place(Worker worker, HttpKit kit) {}

    /**
     * What connection is wanted.
     *
     * @param key what an idle one must be
     * @param name what an encrypted one asks for, or null
     * @param reuses whether one that is there already will do
     * @param keeps whether it stays when the answer has come
     */
    public record Terms(PoolKey key, String name, HttpTerms.Peer peer, boolean reuses, boolean keeps) {}

    /** What still comes of an answer that nobody wants is read, so that its connection can be kept; so much, so long. */
    private static final int MOST_UNWANTED = 64 * 1024;
    private static final long UNWANTED_MS = 1000;

    private final List<Place> places;
    private final Server server;
    private final Terms terms;
    private final Told told;
    private final PlainQuestion question;
    private int looked;
    private boolean mayReuse;
    /** Where it is; written before it goes there. */
    private volatile Place here;
    private volatile boolean over;
    private Connection dialled;
    private ServerConnection connection;
    private boolean reused;
    private boolean asked;
    private boolean answered;
    private Stream stream;
    private int unwanted;

    /** @param limit how long heads may be */
    public Errand(List<Place> places, Server server, Terms terms, int limit, Told told) {
        this.places = places;
        this.server = server;
        this.terms = terms;
        this.told = told;
        question = new PlainQuestion(limit);
        mayReuse = terms.reuses();
        here = places.get(server.id() % places.size());
    }

    /** Looks for a connection, or makes one. From any thread, once. */
    public void begin() {
        here.worker().execute(this::look);
    }

    /** Asks, once it is connected; see {@link HttpTerms}. From any thread, once. */
    public void ask(byte[] request) {
        here.worker().execute(() -> {
            if (!over && !question.read(request)) {
                told.broken();
            } else if (!over) {
                ask();
            }
        });
    }

    /** Nobody wants the answer any more, or what is left of it. From any thread. */
    public void leave() {
        over = true;
        here.worker().execute(this::left);
    }

    private void look() {
        if (over) {
            return;
        }
        Connection found = mayReuse ? take(here.kit()) : null;
        if (found != null) {
            reused = true;
            connection = ServerConnection.of(found);
            told.connected();
        } else if (mayReuse && ++looked < places.size()) {
            here = places.get((places.indexOf(here) + 1) % places.size());
            here.worker().execute(this::look);
        } else {
            dial();
        }
    }

    private Connection take(HttpKit kit) {
        boolean mayShare = server.speaksHttp2() || server.mayAgreeOnHttp2();
        Connection shared = mayShare ? kit.shared().take(terms.key()) : null;
        return shared != null || server.speaksHttp2() ? shared : kit.idle().take(terms.key());
    }

    private void dial() {
        if (server.isReversed()) {
            told.failed(false, "");
            return;
        }
        Dialer dialer = server.dialer().withoutFastOpen();
        dialled = Connection.dial(here.worker(), dialer, server.address(), dialer.source().address(), this, this);
    }

    @Override
    public void failed(Throwable cause) {
        if (!over) {
            told.failed(cause instanceof BindException, SockOpt.words(cause));
        }
    }

    @Override
    public void opened(Connection made) {
        dialled = made;
        if (over) {
            made.close();
        } else if (server.tls() != null) {
            told.securing();
            Encryption.dial(made, new TlsClient(server.tls(), here.worker().index(), terms.name()), this);
        } else {
            ready();
        }
    }

    @Override
    public void secured() {
        if (over) {
            dialled.close();
        } else {
            ready();
        }
    }

    private void ready() {
        boolean agreed = dialled.tls() != null && Alpn.isHttp2(dialled.tls().alpn());
        connection = new ServerConnection(server, here.kit(), terms.key(), terms.peer(),
                agreed || server.speaksHttp2(), dialled.tls() != null);
        connection.open(dialled, null);
        dialled = null;
        if (asked) {
            ask();
        } else {
            told.connected();
        }
    }

    private void ask() {
        asked = true;
        if (!connection.isReady()) {
            afresh();
            return;
        }
        connection.use(null, false);
        stream = connection.send(this, Source.NOBODY);
        if (!terms.keeps() || connection.isWornOut()) {
            connection.wearOut(stream);
        }
        question.ask(stream.sink());
    }

    /** What was idle was of no use: a new one is. */
    private void afresh() {
        stream = null;
        connection = null;
        if (over) {
            return;
        }
        if (reused && !answered && !server.isReversed()) {
            reused = false;
            dial();
        } else {
            told.broken();
        }
    }

    @Override
    public void head(Kind kind, Head head) {
        if (kind != Kind.FINAL) {
            return;
        }
        answered = true;
        connection.answered(head);
        if (!over) {
            told.received(PlainQuestion.answered(head));
        }
    }

    @Override
    public void data(ByteBuf slice) {
        int length = slice.readableBytes();
        Stream from = stream;
        if (over) {
            slice.release();
            unwanted += length;
        } else {
            told.received(slice);
        }
        if (unwanted > MOST_UNWANTED) {
            connection.abandon(from, this);
        } else {
            from.source().credit(length);
        }
    }

    @Override
    public void flush() {
        // what came has been told
    }

    @Override
    public void end() {
        finished();
        if (!over) {
            told.ended();
        }
    }

    @Override
    public void reset(Reason reason) {
        finished();
        afresh();
    }

    private void finished() {
        stream = null;
        here.worker().remove(this);
    }

    private void left() {
        if (dialled != null) {
            dialled.close();
        } else if (stream != null && answered) {
            here.worker().arm(this, UNWANTED_MS);
        } else if (stream != null) {
            abandon();
        } else if (connection != null && !asked && !connection.multiplexes()) {
            connection.connection().close();
        }
    }

    private void abandon() {
        Stream was = stream;
        stream = null;
        connection.abandon(was, this);
    }

    /** The rest of an answer that nobody wants does not come. */
    @Override
    protected void fire(long nowMs) {
        if (stream != null) {
            abandon();
        }
    }

    @Override
    public void refused(TlsFault fault) {
        if (!over) {
            told.refused(fault.text());
        }
    }

    @Override
    public void received(ByteBuf bytes) {
        // a server that speaks before it is asked
        bytes.release();
    }

    @Override
    public void broken(Reason reason) {
        if (!over) {
            told.failed(false, "Connection reset by peer");
        }
    }
}
