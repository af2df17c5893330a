package dev.weir.upkeep.fetch;

import dev.weir.base.address.Address;
import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Encryption;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.net.sock.Dialer;
import dev.weir.net.tls.TlsClient;
import dev.weir.net.tls.TlsFault;
import dev.weir.wire.h1.H1Body;
import dev.weir.wire.h1.H1Limits;
import dev.weir.wire.h1.H1ResponseParser;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.Heads;
import dev.weir.wire.http.Method;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * One request over HTTP/1 in a connection of its own. The body of the answer is told piece by piece; who gets it may have the
 * connection wait. Owned by the Conductor.
 */
public final class HttpFetch extends Timer implements Mux, Dialer.DialOutcome, Encryption.Handshake {

    /** How far it came before it failed. */
    public enum Stage { CONNECTING, ASKED, TOO_LATE, ANSWERING }

    /** Nothing is told behind {@link #ended} or {@link #failed}. */
    public interface Owner {

        /** The head of the final answer, lent until the call returns. */
        void answered(Head head);

        void body(byte[] piece);

        void ended();

        void failed(Stage at);
    }

    /**
     * What is asked, and of whom.
     *
     * @param tls how it is encrypted, or null
     */
    public record Question(Address target, TlsClient tls, Method method, byte[] request, int connectMs, int retries) {}

    private static final int PATIENCE_MS = 30_000;
    private static final int RETRY_MS = 1000;
    private static final int LONGEST_HEAD = 16_384;
    private static final int MOST_HEADERS = 101;
    private static final int INFORMATIONAL = 200;

    private final Worker worker;
    private final Question question;
    private final Owner owner;
    private final Head head = new Head();
    private final H1ResponseParser parser;
    private final H1Body framed;
    private Stage stage = Stage.CONNECTING;
    private int triesLeft;
    private boolean resting;
    private ByteBuf unread;
    private Connection connection;
    private boolean over;

    public HttpFetch(Worker worker, Question question, Owner owner) {
        this.worker = worker;
        this.question = question;
        this.owner = owner;
        triesLeft = question.retries();
        H1Limits limits = new H1Limits(LONGEST_HEAD, MOST_HEADERS, false);
        parser = new H1ResponseParser(limits);
        framed = new H1Body(limits, new Heads());
        expect();
    }

    private void expect() {
        parser.asked(question.method(), false, false);
        parser.begin(head);
    }

    public void begin() {
        resting = false;
        worker.arm(this, question.connectMs());
        connection = Connection.dial(worker, Dialer.PLAIN, question.target(), null, this, this);
    }

    /** Nobody wants the answer any more. */
    public void abandon() {
        if (!over) {
            end();
        }
    }

    /** Whether more of the body may come. */
    public void flows(boolean more) {
        if (!over && more) {
            connection.resumeReading();
        } else if (!over) {
            connection.pauseReading();
        }
    }

    @Override
    protected void fire(long nowMs) {
        if (resting) {
            begin();
        } else if (stage == Stage.CONNECTING) {
            connection.close();
            retry();
        } else {
            fail(stage == Stage.ASKED ? Stage.TOO_LATE : stage);
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (!over) {
            retry();
        }
    }

    /** Once more after a while, as to any server. */
    private void retry() {
        if (triesLeft-- <= 0) {
            fail(Stage.CONNECTING);
            return;
        }
        resting = true;
        worker.arm(this, Math.min(RETRY_MS, question.connectMs()));
    }

    @Override
    public void opened(Connection made) {
        connection = made;
        if (over || resting) {
            made.close();
        } else if (question.tls() != null) {
            Encryption.dial(made, question.tls(), this);
        } else {
            ask();
        }
    }

    @Override
    public void secured() {
        ask();
    }

    @Override
    public void refused(TlsFault fault) {
        fail(Stage.CONNECTING);
    }

    private void ask() {
        if (!over) {
            stage = Stage.ASKED;
            worker.arm(this, PATIENCE_MS);
            connection.write(Unpooled.wrappedBuffer(question.request()));
            connection.flush();
        }
    }

    @Override
    public void received(ByteBuf bytes) {
        if (over || stage == Stage.CONNECTING) {
            bytes.release();
            return;
        }
        unread = unread == null ? bytes : Unpooled.wrappedBuffer(unread, bytes);
        while (!over && stage == Stage.ASKED && readHead()) {
            worker.arm(this, PATIENCE_MS);
        }
        if (!over && stage == Stage.ANSWERING) {
            readBody();
        }
    }

    /** Whether a head was read. */
    private boolean readHead() {
        switch (parser.parse(unread)) {
            case NEED_MORE -> {
                parser.forget();
                return false;
            }
            case BAD -> {
                fail(Stage.ASKED);
                return false;
            }
            case DONE -> unread.skipBytes(parser.pending());
        }
        if (head.status() < INFORMATIONAL) {
            expect();
            return true;
        }
        stage = Stage.ANSWERING;
        framed.begin(head.framing(), head.bodyLength());
        owner.answered(head);
        return true;
    }

    private void readBody() {
        worker.arm(this, PATIENCE_MS);
        for (int count = framed.isDone() ? 0 : framed.next(unread); count > 0; count = framed.next(unread)) {
            byte[] piece = new byte[count];
            unread.readBytes(piece);
            owner.body(piece);
        }
        if (over) {
            return;
        }
        if (!unread.isReadable()) {
            unread.release();
            unread = null;
        }
        if (framed.error() != null) {
            fail(stage);
        } else if (framed.isDone()) {
            end();
            owner.ended();
        }
    }

    @Override
    public void inputEnded() {
        if (!over && stage == Stage.ANSWERING && framed.endsWithConnection()) {
            end();
            owner.ended();
        } else {
            fail(stage);
        }
    }

    @Override
    public void broken(Reason reason) {
        if (!resting) {
            fail(stage);
        }
    }

    private void fail(Stage at) {
        if (!over) {
            end();
            owner.failed(at);
        }
    }

    private void end() {
        over = true;
        worker.remove(this);
        if (unread != null) {
            unread.release();
            unread = null;
        }
        if (connection != null) {
            connection.close();
        }
    }
}
