package dev.weir.flow.drive;

import dev.weir.flow.expr.Contents;
import dev.weir.flow.expr.HttpHead;
import dev.weir.wire.h1.H1Progress;
import dev.weir.wire.h1.H1RequestParser;
import dev.weir.wire.http.Head;
import io.netty.buffer.Unpooled;

/**
 * The head of a request among the first bytes of a TCP session, for rules that ask whether they are HTTP and what is in
 * it. Read anew only when more has come. Worker-owned.
 */
final class SniffedHead {

    private static final int MOST_BYTES = 16384;
    private static final int MOST_HEADERS = 101;

    private final HeadView view = new HeadView();
    private final H1RequestParser parser = new H1RequestParser(MOST_BYTES, MOST_HEADERS, false);
    private int seen = -1;
    private boolean found;

    /** Null while there is none. */
    HttpHead of(Contents buffer) {
        if (buffer.length() != seen) {
            seen = buffer.length();
            Head head = new Head();
            parser.begin(head);
            found = parser.parse(Unpooled.wrappedBuffer(buffer.bytes(), buffer.at(), seen)) == H1Progress.DONE;
            view.of(head);
        }
        return found ? view : null;
    }
}
