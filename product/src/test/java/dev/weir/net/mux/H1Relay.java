package dev.weir.net.mux;

import dev.weir.wire.h1.H1Error;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** The smallest proxy there is: each request of a client goes to the one server, or is answered here when it asks for it. */
final class H1Relay implements StreamFactory {

    private final H1Setup setup;
    private final Supplier<Connection> dialer;
    private final StringBuilder events;
    private final List<Throwable> thrown;
    private H1Mux server;
    private boolean serverIdle;
    private Stream client;

    H1Relay(H1Setup setup, Supplier<Connection> dialer, StringBuilder events, List<Throwable> thrown) {
        this.thrown = thrown;
        this.setup = setup;
        this.dialer = dialer;
        this.events = events;
    }

    private void event(String word) {
        events.append(word).append(' ');
    }

    @Override
    public void began() {
        event("began");
    }

    @Override
    public void requested(Stream stream) {
        event("requested");
        client = stream;
        stream.wire(new Request(), Source.NOBODY);
    }

    @Override
    public void refused(Stream stream, H1Error error) {
        event("refused:" + error);
        answer(stream, error.status());
    }

    @Override
    public void idle() {
        event("idle");
    }

    @Override
    public void draining() {
        event("draining");
    }

    @Override
    public void peerEnded() {
        event("peer-ended");
    }

    @Override
    public void gone() {
        event("gone");
    }

    private static void answer(Stream stream, int status) {
        Head head = new Head();
        byte[] reason = "Said".getBytes(StandardCharsets.US_ASCII);
        head.setStatus(status, reason, 0, reason.length);
        head.framing(Framing.LENGTH, 2);
        stream.sink().head(Kind.FINAL, head);
        stream.sink().data(Unpooled.copiedBuffer("no", StandardCharsets.US_ASCII));
        stream.sink().end();
        stream.sink().flush();
    }

    /** The server's engine, its events in the same list. */
    private final class Server implements MuxOwner {
        @Override
        public void idle() {
            serverIdle = true;
            event("server-idle");
        }

        @Override
        public void gone() {
            serverIdle = false;
            server = null;
            event("server-gone");
        }
    }

    private Stream ask(Sink receiver, Source sender) {
        if (!serverIdle) {
            server = H1Mux.asking(setup, new Server());
            dialer.get().become(new Guard(server, thrown));
        }
        serverIdle = false;
        return server.send(receiver, sender);
    }

    /** From the client to the server, which is asked when the head is there. */
    private final class Request implements Sink {

        private final Stream from = client;
        private Stream to;
        private boolean answered;

        @Override
        public void head(Kind kind, Head head) {
            String path = new String(head.area(), head.pathAt(), head.pathLength(), StandardCharsets.ISO_8859_1);
            if (path.startsWith("/deny")) {
                from.source().stop(Reason.KILLED);
                answer(from, 403);
                return;
            }
            to = ask(new Response(this), from.source());
            from.wire(this, to.source());
            if (path.startsWith("/add")) {
                head.add(HeaderName.CONNECTION, "close".getBytes(StandardCharsets.US_ASCII));
            }
            to.sink().head(kind, head);
        }

        @Override
        public void data(ByteBuf slice) {
            to.sink().data(slice);
        }

        @Override
        public void flush() {
            if (to != null) {
                to.sink().flush();
            }
        }

        @Override
        public void end() {
            to.sink().end();
        }

        @Override
        public void end(Head trailers) {
            to.sink().end(trailers);
        }

        @Override
        public void reset(Reason reason) {
            event("request-reset:" + reason);
            to.sink().reset(reason);
            if (reason == Reason.PROTOCOL && !answered) {
                answer(from, 400);
            }
        }
    }

    private final class Response implements Sink {

        private final Request request;

        Response(Request request) {
            this.request = request;
        }

        @Override
        public void head(Kind kind, Head head) {
            request.answered |= kind != Kind.INFORMATIONAL;
            request.from.sink().head(kind, head);
        }

        @Override
        public void data(ByteBuf slice) {
            request.from.sink().data(slice);
        }

        @Override
        public void flush() {
            request.from.sink().flush();
        }

        @Override
        public void end() {
            request.from.sink().end();
        }

        @Override
        public void end(Head trailers) {
            request.from.sink().end(trailers);
        }

        @Override
        public void reset(Reason reason) {
            event("answer-reset:" + reason);
            if (request.answered) {
                request.from.sink().reset(reason);
            } else {
                request.from.source().stop(reason);
                answer(request.from, 502);
            }
        }
    }
}
