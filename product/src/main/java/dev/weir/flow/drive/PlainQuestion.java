package dev.weir.flow.drive;

import dev.weir.net.mux.Kind;
import dev.weir.net.mux.Sink;
import dev.weir.wire.h1.H1Limits;
import dev.weir.wire.h1.H1Progress;
import dev.weir.wire.h1.H1RequestParser;
import dev.weir.wire.h1.H1Writer;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A request of ours as HTTP/1 has it on the wire, to be asked over an engine of any version; and the other way round, heads
 * of answers as HTTP/1 would have them. Worker-owned.
 */
public final class PlainQuestion {

    private static final int MAX_HEADERS = 101;

    private final H1RequestParser parser;
    private Head head;
    private ByteBuf body;

    /** @param limit how long a head may be */
    public PlainQuestion(int limit) {
        parser = new H1RequestParser(new H1Limits(limit, MAX_HEADERS, false));
    }

    /** Reads a whole request; false when it is none. */
    public boolean read(byte[] request) {
        body = Unpooled.wrappedBuffer(request);
        head = new Head();
        parser.begin(head);
        boolean whole = parser.parse(body) == H1Progress.DONE;
        if (whole) {
            body.skipBytes(parser.pending());
        }
        return whole;
    }

    /** Asks what was read. */
    public void ask(Sink out) {
        out.head(Kind.REQUEST, head);
        if (body.isReadable()) {
            out.data(body);
        }
        out.end();
        out.flush();
    }

    /** The head of an answer; a body without a length ends with the connection. */
    public static ByteBuf answered(Head head) {
        if (head.framing() == Framing.CHUNKED) {
            head.framing(Framing.UNTIL_CLOSE, 0);
        }
        ByteBuf out = Unpooled.buffer(H1Writer.room(head));
        new H1Writer(null).head(head, H1Writer.Word.NOTHING, out);
        return out;
    }
}
