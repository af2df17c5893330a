package dev.weir.upkeep.check;

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
import dev.weir.wire.h1.H1Limits;
import dev.weir.wire.h1.H1Progress;
import dev.weir.wire.h1.H1RequestParser;
import dev.weir.wire.h1.H1Writer;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.Heads;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The request of a check over HTTP/2. Steps write and read what HTTP/1 would have on the wire; this asks the same in the
 * other version and tells the answer as the first would. Owned by the Conductor.
 */
final class Http2Question implements H2Owner, Sink {

    private static final int MAX_HEADERS = 101;

    /** Gets the answer, and hears of ends. */
    private final Mux listener;
    private final H1RequestParser parser;
    private final H1Writer writer = new H1Writer(null);
    private final H2Mux mux;
    private Stream stream;

    Http2Question(Mux listener, int limit) {
        this.listener = listener;
        parser = new H1RequestParser(new H1Limits(limit, MAX_HEADERS, false));
        mux = H2Mux.asking(new H2Setup(H2Terms.USUAL, limit, MAX_HEADERS, new Heads()), this, false);
    }

    void begin(Connection established) {
        established.become(mux);
    }

    /** Sends a request as it stands, with its body behind it. */
    void ask(byte[] request) {
        ByteBuf bytes = Unpooled.wrappedBuffer(request);
        Head head = new Head();
        parser.begin(head);
        if (parser.parse(bytes) != H1Progress.DONE) {
            listener.broken(Reason.PROTOCOL);
            return;
        }
        bytes.skipBytes(parser.pending());
        stream = mux.send(this, Source.NOBODY);
        Sink out = stream.sink();
        out.head(Kind.REQUEST, head);
        if (bytes.isReadable()) {
            out.data(bytes);
        }
        out.end();
        out.flush();
    }

    @Override
    public void head(Kind kind, Head head) {
        if (kind != Kind.FINAL) {
            return;
        }
        if (head.framing() == Framing.CHUNKED) {
            head.framing(Framing.UNTIL_CLOSE, 0);
        }
        ByteBuf out = Unpooled.buffer(H1Writer.room(head));
        writer.head(head, H1Writer.Word.NOTHING, out);
        listener.received(out);
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
