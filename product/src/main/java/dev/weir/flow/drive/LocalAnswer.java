package dev.weir.flow.drive;

import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.HttpFacts;
import dev.weir.flow.reply.ErrorPages;
import dev.weir.flow.reply.Reply;
import dev.weir.net.mux.Kind;
import dev.weir.net.mux.Reason;
import dev.weir.net.mux.Sink;
import dev.weir.net.mux.Source;
import dev.weir.net.mux.Stream;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * An answer of ours on its way to a client: the head at once, the body as the client takes it. Worker-owned.
 */
final class LocalAnswer implements Source {

    private static final int PIECE = 16 * 1024;

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
        this.head = kit.clients().heads().take();
    }

    /** Sends a reply; {@code done} is called once all of it is with the kernel. */
    static void send(HttpKit kit, Stream stream, Exchange exchange, Reply reply, boolean headOnly, Runnable done) {
        LocalAnswer answer = new LocalAnswer(kit, stream.sink(), exchange, done);
        stream.wire(DISCARD, answer);
        stream.source().stop(Reason.ABANDONED);
        answer.start(reply.start(), reply.headers());
        switch (reply.body()) {
            case Reply.Whole whole -> answer.whole(whole.bytes());
            case Reply.Streamed pieces -> answer.streamed(pieces, headOnly);
        }
    }

    /** Sends a built-in error page. */
    static void page(HttpKit kit, Stream stream, Exchange exchange, int status, Runnable done) {
        send(kit, stream, exchange, ErrorPages.reply(status), false, done);
    }

    private void start(String startLine, String headers) {
        byte[] reason = startLine.substring(4).getBytes(StandardCharsets.ISO_8859_1);
        head.setStatus(Integer.parseInt(startLine, 0, 3, 10), reason, 0, reason.length);
        for (String line : headers.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                byte[] name = line.substring(0, colon).getBytes(StandardCharsets.ISO_8859_1);
                byte[] value = line.substring(colon + 1).strip().getBytes(StandardCharsets.ISO_8859_1);
                head.add(name, 0, name.length, value, 0, value.length);
            }
        }
    }

    private void whole(byte[] bytes) {
        head.framing(Framing.LENGTH, bytes.length);
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
        head.framing(Framing.CHUNKED, 0);
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
            kit.clients().heads().give(head);
            done.run();
        }
    }

    /** For the rest of a request that is answered already. */
    private static final Sink DISCARD = new Sink() {
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
}
