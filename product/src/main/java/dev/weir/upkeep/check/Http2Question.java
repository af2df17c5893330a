package dev.weir.upkeep.check;

import dev.weir.flow.drive.PlainQuestion;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.H2Mux;
import dev.weir.net.mux.H2Owner;
import dev.weir.net.mux.H2Setup;
import dev.weir.net.mux.H2Stream;
import dev.weir.net.mux.H2Terms;
import dev.weir.net.mux.Kind;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.net.mux.Sink;
import dev.weir.net.mux.Source;
import dev.weir.net.mux.Stream;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.Heads;
import io.netty.buffer.ByteBuf;

/**
 * The request of a check over HTTP/2. Steps write and read what HTTP/1 would have on the wire; this asks the same in the
 * other version and tells the answer as the first would. Owned by the Conductor.
 */
final class Http2Question implements H2Owner, Sink {

    private static final int MAX_HEADERS = 101;

    /** Gets the answer, and hears of ends. */
    private final Mux listener;
    private final PlainQuestion question;
    private final H2Mux mux;
    private Stream stream;

    Http2Question(Mux listener, int limit) {
        this.listener = listener;
        question = new PlainQuestion(limit);
        mux = H2Mux.asking(new H2Setup(H2Terms.USUAL, limit, MAX_HEADERS, new Heads()), this, false);
    }

    void begin(Connection established) {
        established.become(mux);
    }

    /** Sends a request as it stands, with its body behind it. */
    void ask(byte[] request) {
        if (!question.read(request)) {
            listener.broken(Reason.PROTOCOL);
            return;
        }
        stream = mux.send(this, Source.NOBODY);
        question.ask(stream.sink());
    }

    @Override
    public void head(Kind kind, Head head) {
        if (kind == Kind.FINAL) {
            listener.received(PlainQuestion.answered(head));
        }
    }

    @Override
    public void data(ByteBuf slice) {
        int length = slice.readableBytes();
        listener.received(slice);
        stream.source().credit(length);
    }

    @Override
    public void flush() {
        // what came has been looked at
    }

    @Override
    public void end() {
        listener.inputEnded();
    }

    @Override
    public void reset(Reason reason) {
        listener.broken(reason);
    }

    @Override
    public boolean over(H2Stream ended) {
        return false;
    }

    @Override
    public void idle() {
        // the check ends its connection itself
    }

    @Override
    public void gone() {
        listener.broken(Reason.RESET);
    }
}
