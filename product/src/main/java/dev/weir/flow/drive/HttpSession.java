package dev.weir.flow.drive;

import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.reply.ErrorPages;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.reply.Request;
import dev.weir.flow.reply.Responder;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.wire.h1.H1Head;
import dev.weir.wire.h1.H1RequestParser;
import dev.weir.wire.http.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * A client connection of an HTTP frontend that answers by itself: reads one request after the other and asks the
 * frontend's responders in turn. What none of them answers has no server here. Worker-owned.
 */
final class HttpSession implements Mux {

    private static final int PIECE = 16 * 1024;
    private static final int MAX_HEADERS = 101;

    private final FrontendProgram program;
    private final Supplier<Exchange> exchanges;
    private final Runnable leave;
    private final H1RequestParser parser;
    private final Timer patience = new Timer() {
        @Override
        protected void fire(long nowMs) {
            timedOut();
        }
    };

    private Connection connection;
    private ByteBuf input = Unpooled.EMPTY_BUFFER;
    private Exchange exchange;
    private Reply.Streamed body;
    private boolean chunked;
    private boolean keep;
    private long toDiscard;
    private boolean first = true;
    private boolean logged = true;
    private boolean left;

    /**
     * @param exchanges makes the exchange of the next request
     * @param leave gives back the connection's place in the frontend
     */
    HttpSession(FrontendProgram program, Supplier<Exchange> exchanges, Runnable leave) {
        this.program = program;
        this.exchanges = exchanges;
        this.leave = leave;
        this.parser = new H1RequestParser(program.maxHead(), MAX_HEADERS, false);
    }

    @Override
    public void opened(Connection opened) {
        connection = opened;
        watch();
    }

    @Override
    public void received(ByteBuf bytes) {
        input = input.isReadable() ? Unpooled.wrappedBuffer(input, bytes) : swap(bytes);
        if (body != null) {
            connection.pauseReading();
        } else {
            proceed();
        }
    }

    private ByteBuf swap(ByteBuf bytes) {
        input.release();
        return bytes;
    }

    /** Reads requests until one is under way or nothing is left. */
    private void proceed() {
        while (input.isReadable() && body == null && connection.isOpen()) {
            if (toDiscard > 0) {
                int skipped = (int) Math.min(toDiscard, input.readableBytes());
                input.skipBytes(skipped);
                toDiscard -= skipped;
                continue;
            }
            switch (parser.parse(input)) {
                case NEED_MORE -> {
                    return;
                }
                case BAD -> refuse(parser.error().status());
                case DONE -> answer(parser.head());
            }
        }
    }

    private void answer(H1Head head) {
        connection.worker().disarm(patience);
        exchange = exchanges.get();
        exchange.passedIn(head.length());
        keep = !head.saysClose() && !head.mustClose() && (head.minorVersion() > 0 || head.saysKeepAlive())
                && head.framing() != Framing.CHUNKED;
        chunked = head.minorVersion() > 0;
        Request request = request(head);
        toDiscard = head.framing() == Framing.LENGTH ? head.contentLength() : 0;
        input.skipBytes(head.length());
        parser.reset();
        Reply reply = reply(request);
        if (reply == null) {
            refuse(503);
        } else {
            send(reply, request.isHead());
        }
    }

    private Request request(H1Head head) {
        int from = input.readerIndex();
        String method = input.toString(from + head.methodAt(), head.methodLength(), StandardCharsets.ISO_8859_1);
        String target = input.toString(from + head.pathAt(), head.pathLength(), StandardCharsets.ISO_8859_1);
        int mark = target.indexOf('?');
        return mark < 0 ? new Request(method, target, "")
                : new Request(method, target.substring(0, mark), target.substring(mark + 1));
    }

    private Reply reply(Request request) {
        List<Responder> responders = program.responders();
        for (int i = 0; i < responders.size(); i++) {
            Reply reply = responders.get(i).answer(request);
            if (reply != null) {
                logged = responders.get(i).isLogged();
                return reply;
            }
        }
        return null;
    }

    private void send(Reply reply, boolean headOnly) {
        exchange.answeredHere();
        boolean streamed = reply.body() instanceof Reply.Streamed;
        keep &= chunked || !streamed;
        write("HTTP/1.1 " + reply.start() + "\r\n" + reply.headers()
                + (streamed && chunked ? "transfer-encoding: chunked\r\n" : "") + (keep ? "" : "connection: close\r\n")
                + "\r\n");
        switch (reply.body()) {
            case Reply.Streamed pieces when !headOnly -> {
                body = pieces;
                stream();
            }
            case Reply.Whole whole when !headOnly -> {
                exchange.passedOut(whole.bytes().length);
                connection.write(Unpooled.wrappedBuffer(whole.bytes()));
                finish();
            }
            default -> finish();
        }
    }

    /** Writes while the client takes; the rest follows when it can be written again. */
    private void stream() {
        boolean more = true;
        while (more && connection.isOpen() && connection.isWritable()) {
            ByteBuf piece = Unpooled.buffer(PIECE);
            more = body.append(piece);
            if (piece.isReadable()) {
                write(chunked ? Integer.toHexString(piece.readableBytes()) + "\r\n" : "");
                exchange.passedOut(piece.readableBytes());
                connection.write(piece);
                write(chunked ? "\r\n" : "");
            } else {
                piece.release();
            }
            connection.flush();
        }
        if (!more) {
            write(chunked ? "0\r\n\r\n" : "");
            body = null;
            finish();
        } else {
            watch();
        }
    }

    @Override
    public void writable() {
        if (body != null) {
            stream();
        }
    }

    private void refuse(int status) {
        if (exchange == null) {
            exchange = exchanges.get();
        }
        ByteBuf page = ErrorPages.answer(status);
        exchange.passedOut(page.readableBytes());
        exchange.terminate('P', 'R');
        connection.write(page);
        keep = false;
        finish();
    }

    private void write(String text) {
        if (!text.isEmpty()) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            exchange.passedOut(bytes.length);
            connection.write(Unpooled.wrappedBuffer(bytes));
        }
    }

    private void finish() {
        connection.flush();
        exchange.ended();
        if (logged) {
            program.log().ended(exchange);
        }
        exchange = null;
        logged = true;
        first = false;
        if (keep) {
            connection.resumeReading();
            watch();
        } else {
            close();
        }
    }

    private void watch() {
        if (program.clientTimeoutMs() > 0) {
            connection.worker().arm(patience, program.clientTimeoutMs());
        }
    }

    /** A request that has begun gets an answer; an idle connection just ends. */
    private void timedOut() {
        if (body == null && (first || input.isReadable())) {
            refuse(408);
        } else {
            close();
        }
    }

    private void close() {
        connection.closeAfterFlush(program.clientTimeoutMs());
        over();
    }

    @Override
    public void inputEnded() {
        if (body == null) {
            close();
        } else {
            keep = false;
        }
    }

    @Override
    public void broken(Reason reason) {
        over();
    }

    private void over() {
        if (left) {
            return;
        }
        left = true;
        connection.worker().remove(patience);
        if (exchange != null) {
            exchange.terminate('C', 'D');
            exchange.ended();
            program.log().ended(exchange);
        }
        body = null;
        input.release();
        input = Unpooled.EMPTY_BUFFER;
        if (connection.isOpen()) {
            connection.become(Mux.NOBODY);
        }
        leave.run();
    }
}
