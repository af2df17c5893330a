package dev.weir.upkeep.check;

import dev.weir.flow.drive.HeadView;
import dev.weir.flow.expr.HttpHead;
import dev.weir.wire.h1.H1Body;
import dev.weir.wire.h1.H1Limits;
import dev.weir.wire.h1.H1ResponseParser;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.Heads;
import dev.weir.wire.http.Method;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The answer to a request of a check. The first head counts, were it an informational one. Owned by the Conductor.
 */
final class HttpAnswer {

    private static final int MAX_HEADERS = 101;

    private final H1ResponseParser parser;
    private final H1Body framed;
    private final Head head = new Head();
    private final HeadView view = new HeadView();
    private final GrowingBytes body;
    private boolean hasHead;
    private boolean broken;

    HttpAnswer(int limit, String method) {
        H1Limits limits = new H1Limits(limit, MAX_HEADERS, false);
        parser = new H1ResponseParser(limits);
        framed = new H1Body(limits, new Heads());
        body = new GrowingBytes(limit);
        byte[] name = method.getBytes(StandardCharsets.ISO_8859_1);
        parser.asked(name.length < 2 ? Method.OTHER : Method.of(name, 0, name.length), false, false);
        parser.begin(head);
        view.of(head);
    }

    /** Takes what came; what stands behind the answer is thrown away. */
    void feed(ByteBuf bytes) {
        if (!hasHead && !broken) {
            switch (parser.parse(bytes)) {
                case NEED_MORE -> parser.forget();
                case BAD -> broken = true;
                case DONE -> begin(bytes);
            }
        }
        int count = hasHead && !isComplete() ? framed.next(bytes) : 0;
        while (count > 0 && !body.isFull()) {
            body.append(bytes, count);
            count = framed.next(bytes);
        }
        if (hasHead && (framed.isDone() || framed.error() != null)) {
            body.complete();
        }
    }

    private void begin(ByteBuf bytes) {
        hasHead = true;
        bytes.skipBytes(parser.pending());
        framed.begin(head.framing(), head.bodyLength());
        if (head.framing() == Framing.LENGTH) {
            body.announce(head.bodyLength());
        }
        if (framed.isDone()) {
            body.complete();
        }
    }

    /** What came is no answer of HTTP. */
    boolean isBroken() {
        return broken;
    }

    boolean hasHead() {
        return hasHead;
    }

    /** Whether nothing more will come of it, or be kept. */
    boolean isComplete() {
        return body.isComplete();
    }

    int status() {
        return hasHead ? head.status() : 0;
    }

    String reason() {
        return new String(head.area(), head.reasonAt(), head.reasonLength(), StandardCharsets.ISO_8859_1);
    }

    HttpHead head() {
        return hasHead ? view : null;
    }

    GrowingBytes body() {
        return body;
    }

    int bodyLength() {
        return body.length();
    }
}
