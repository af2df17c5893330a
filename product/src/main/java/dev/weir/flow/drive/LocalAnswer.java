package dev.weir.flow.drive;

import dev.weir.base.count.Cell;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.HttpFacts;
import dev.weir.flow.reply.Reply;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Count;
import dev.weir.net.mux.Kind;
import dev.weir.net.mux.Reason;
import dev.weir.net.mux.Sink;
import dev.weir.net.mux.Source;
import dev.weir.net.mux.Stream;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * An answer of ours on its way to a client: the head at once, the body as the client takes it. Worker-owned.
 */
final class LocalAnswer implements Source {

    /** HAProxy counts the length that it does not send with an answer that has no body, as name and value. */
    private static final int UNSENT_LENGTH = "content-length0".length();
    private static final int PIECE = 16 * 1024;
    private static final byte[] NOTHING = {};

    private final HttpKit kit;
    private final Sink client;
    private final Exchange exchange;
    private final Runnable done;
    private final Head head;
    private Reply.Streamed body;
    private boolean writing;
    private boolean over;

    private LocalAnswer(HttpKit kit, Sink client, Exchange exchange, Runnable done) {
        this.kit = kit;
        this.client = client;
        this.exchange = exchange;
        this.done = done;
        this.head = kit.plain().heads().take();
    }

    /** What may be changed of an answer of ours before it leaves. */
    @FunctionalInterface
    interface LastWord {
        void on(Head answer);
    }

    /** Sends a reply; {@code done} is called once all of it is with the kernel. */
    static void send(HttpKit kit, Stream stream, Exchange exchange, Reply reply, boolean headOnly, LastWord lastWord,
            Runnable done) {
        LocalAnswer answer = new LocalAnswer(kit, stream.sink(), exchange, done);
        stream.wire(DISCARD, answer);
        stream.source().stop(Reason.ABANDONED);
        fill(answer.head, reply);
        exchange.http().status(reply.status());
        Framing sized = !reply.saysLength() ? Framing.UNTIL_CLOSE
                : reply.status() == 204 ? Framing.NONE : Framing.LENGTH;
        if (sized == Framing.NONE) {
            exchange.passedOut(UNSENT_LENGTH);
        }
        switch (reply.body()) {
            case Reply.Whole whole -> {
                answer.head.framing(sized, whole.bytes().length);
                lastWord.on(answer.head);
                answer.whole(headOnly ? NOTHING : whole.bytes());
            }
            case Reply.Streamed pieces -> {
                answer.head.framing(Framing.CHUNKED, 0);
                lastWord.on(answer.head);
                answer.streamed(pieces, headOnly);
            }
        }
    }

    /** Writes a reply's lines into a head. */
    static void fill(Head head, Reply reply) {
        head.version(reply.version());
        head.setStatus(reply.status(), reply.reason(), 0, reply.reason().length);
        for (int i = 0; i < reply.fields(); i++) {
            Reply.Field field = reply.field(i);
            head.add(field.name(), 0, field.name().length, field.value(), 0, field.value().length);
        }
    }

    private void whole(byte[] bytes) {
        client.head(Kind.FINAL, head);
        begun();
        exchange.passedOut(bytes.length);
        if (bytes.length > 0) {
            client.data(Unpooled.wrappedBuffer(bytes));
        }
        client.end();
        client.flush();
    }

    private void begun() {
        exchange.passedOut(HttpFacts.size(head));
        exchange.http().status(head.status());
    }

    private void streamed(Reply.Streamed pieces, boolean headOnly) {
        client.head(Kind.FINAL, head);
        begun();
        body = pieces;
        if (headOnly) {
            body = null;
            client.end();
            client.flush();
        } else {
            write();
        }
    }

    private void write() {
        writing = true;
        ByteBuf piece = Unpooled.buffer(PIECE);
        boolean more = body.append(piece);
        exchange.passedOut(piece.readableBytes());
        if (!more) {
            body = null;
        }
        client.data(piece);
        if (!more) {
            client.end();
        }
        writing = false;
        client.flush();
    }

    /** The client has taken the last piece: the next one. */
    @Override
    public void credit(int bytes) {
        if (body != null && !writing) {
            write();
        }
    }

    @Override
    public void delivered() {
        finish();
    }

    @Override
    public void stop(Reason reason) {
        body = null;
    }

    @Override
    public void abort(Reason reason) {
        body = null;
        exchange.terminate('C', 'D');
        finish();
    }

    private void finish() {
        if (!over) {
            over = true;
            kit.plain().heads().give(head);
            done.run();
        }
    }

    /** For the rest of a request that is answered already. */
    static final Sink DISCARD = new Sink() {
        @Override
        public void head(Kind kind, Head head) {
            // it is known
        }

        @Override
        public void data(ByteBuf slice) {
            slice.release();
        }

        @Override
        public void flush() {
            // nothing is kept
        }

        @Override
        public void end() {
            // nobody waits
        }

        @Override
        public void reset(Reason reason) {
            // nobody waits
        }
    };

    /** In a {@code listen} section what the frontend answered itself has passed its backend too. */
    static void countForOwn(FrontendProgram front, Exchange exchange) {
        if (front.frontend().spec().kind() == ProxySpec.Kind.LISTEN) {
            BackendProgram own = front.routes().all().get(front.frontend().name());
            if (own != null) {
                Cell cell = own.backend().counts().cell(exchange.worker().index());
                cell.add(Count.BYTES_IN.ordinal(), exchange.bytesIn());
                cell.add(Count.BYTES_OUT.ordinal(), exchange.bytesOut());
            }
        }
    }
}
