package dev.weir.net.mux;

import dev.weir.wire.h2.H2Error;
import dev.weir.wire.h2.H2Frames;
import dev.weir.wire.h2.H2HeadWriter;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.Method;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;

/**
 * The half of a stream that writes. What the peer's windows or the socket do not take waits here, bounded by what the
 * sender may send without credit; credit is given once the kernel, or a small rest behind it, has the bytes. Worker-owned.
 */
final class H2Outgoing implements Sink {

    private enum At { HEAD, BODY, RAW, ENDED, DEAD }

    private final H2Mux mux;
    private final H2Stream stream;
    private final ArrayDeque<ByteBuf> unsent = new ArrayDeque<>(4);
    private Source sender = Source.NOBODY;
    private At at = At.DEAD;
    private boolean headOnly;
    private boolean silent;
    private long window;
    private int written;
    /** Headers behind the body, as they will leave. */
    private ByteBuf trailers;
    /** The head of a request that waits for the settings of the peer. */
    private ByteBuf postponed;
    private boolean endWanted;
    private boolean endSent;
    private boolean endUntold;

    H2Outgoing(H2Mux mux, H2Stream stream) {
        this.mux = mux;
        this.stream = stream;
    }

    void begin() {
        at = At.HEAD;
        sender = Source.NOBODY;
        headOnly = false;
        silent = false;
        window = mux.peerWindow();
        written = 0;
        endWanted = false;
        endSent = false;
        endUntold = false;
    }

    void sender(Source source) {
        sender = source;
    }

    Source sender() {
        return sender;
    }

    /** What the answer is for. */
    void answers(boolean onlyItsHead) {
        headOnly = onlyItsHead;
    }

    boolean isOver() {
        return at == At.DEAD || at == At.ENDED && !endUntold;
    }

    void raw() {
        if (at != At.DEAD) {
            at = At.RAW;
            silent = false;
            endWanted = false;
            endUntold = false;
        }
    }

    void detach() {
        at = At.DEAD;
        sender = Source.NOBODY;
        for (ByteBuf slice = unsent.poll(); slice != null; slice = unsent.poll()) {
            slice.release();
        }
        if (trailers != null) {
            trailers.release();
            trailers = null;
        }
        if (postponed != null) {
            postponed.release();
            postponed = null;
        }
    }

    @Override
    public void head(Kind kind, Head head) {
        if (at != At.HEAD) {
            return;
        }
        ByteBuf block = ByteBufAllocator.DEFAULT.directBuffer(H2HeadWriter.room(head));
        boolean last = false;
        if (kind == Kind.REQUEST) {
            at = At.BODY;
            asked(head);
            last = head.framing() == Framing.NONE && !stream.isTunnelAsked();
            mux.writer().request(head, mux.isSecure(), block);
            if (H2HeadWriter.asksWebsocket(head) && !mux.takesWebsockets()) {
                postponed = block;
                mux.postpone(stream);
                return;
            }
            mux.numbered(stream);
        } else {
            mux.writer().answer(head, block);
            if (kind == Kind.FINAL) {
                at = At.BODY;
                int status = head.status();
                silent = head.framing() == Framing.NONE || headOnly || status == 204 || status == 304;
                last = silent || head.framing() == Framing.LENGTH && head.bodyLength() == 0;
            }
        }
        endSent = last;
        mux.sendBlock(stream.id(), block, last);
        mux.touch(stream);
        if (kind == Kind.TUNNEL) {
            stream.tunnel();
        }
    }

    /** The server has said what it takes. */
    void askAtLast() {
        if (postponed == null) {
            return;
        }
        if (!mux.takesWebsockets()) {
            stream.broken(Reason.PROTOCOL);
            return;
        }
        ByteBuf block = postponed;
        postponed = null;
        mux.numbered(stream);
        mux.sendBlock(stream.id(), block, false);
        mux.touch(stream);
    }

    private void asked(Head head) {
        boolean websocket = H2HeadWriter.asksWebsocket(head);
        if (head.method() == Method.CONNECT || websocket) {
            stream.asksTunnel();
        }
        mux.asked(stream, head, websocket);
        stream.in().asked(head.method() == Method.HEAD);
    }

    @Override
    public void data(ByteBuf slice) {
        int length = slice.readableBytes();
        boolean wanted = at == At.RAW || at == At.BODY && !silent && !endSent;
        if (!wanted || length == 0) {
            written += at == At.BODY || at == At.RAW ? length : 0;
            slice.release();
            mux.touch(stream);
            return;
        }
        unsent.add(slice);
    }

    @Override
    public void end() {
        if (at == At.BODY || at == At.RAW) {
            at = At.ENDED;
            endUntold = true;
            // a request for a tunnel ends as a message and goes on as a stream
            endWanted = !(stream.isTunnelAsked() && !stream.isTunnel() && !mux.answers());
        }
    }

    @Override
    public void end(Head headers) {
        if (at == At.BODY && !silent && !endSent && headers.headers() > 0) {
            trailers = ByteBufAllocator.DEFAULT.directBuffer(H2HeadWriter.room(headers));
            mux.writer().trailers(headers, trailers);
        }
        end();
    }

    @Override
    public void flush() {
        if (at != At.DEAD) {
            pump(Integer.MAX_VALUE);
            mux.touch(stream);
        }
    }

    /** Opens the window; false when it would be wider than any may be. */
    boolean widen(long increment) {
        window += increment;
        return window <= H2Frames.MOST_WINDOW;
    }

    boolean hasWork() {
        return !unsent.isEmpty() || endWanted && !endSent;
    }

    /** Writes as much as may be written now, in so many frames at most. */
    void pump(int frames) {
        if (at == At.DEAD) {
            return;
        }
        int budget = frames;
        while (!unsent.isEmpty() && window > 0 && budget-- > 0) {
            int room = mux.room();
            if (room <= 0) {
                mux.waitForRoom(stream);
                return;
            }
            ByteBuf slice = unsent.peek();
            int count = (int) Math.min(Math.min(room, window), slice.readableBytes());
            boolean whole = count == slice.readableBytes();
            boolean last = whole && unsent.size() == 1 && endWanted && trailers == null;
            mux.sendData(stream.id(), whole ? unsent.poll() : slice.readRetainedSlice(count), last);
            window -= count;
            written += count;
            endSent |= last;
        }
        if (!unsent.isEmpty()) {
            if (window > 0) {
                mux.waitForRoom(stream);
            }
            return;
        }
        if (endWanted && !endSent) {
            endSent = true;
            if (trailers != null) {
                ByteBuf block = trailers;
                trailers = null;
                mux.sendBlock(stream.id(), block, true);
            } else {
                mux.sendData(stream.id(), null, true);
            }
        }
    }

    /** The socket has taken what was written. */
    void settle() {
        int credit = written;
        if (credit > 0) {
            written = 0;
            sender.credit(credit);
        }
        if (at == At.ENDED && endUntold && (endSent || !endWanted) && unsent.isEmpty()) {
            endUntold = false;
            sender.delivered();
            stream.ended();
        }
    }

    @Override
    public void reset(Reason reason) {
        stream.cut(reason == Reason.PROTOCOL ? H2Error.PROTOCOL_ERROR : H2Error.INTERNAL_ERROR);
    }
}
