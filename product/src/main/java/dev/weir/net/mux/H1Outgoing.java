package dev.weir.net.mux;

import dev.weir.wire.h1.H1Writer;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * The half of an HTTP/1 engine that writes. What it takes it credits once the kernel, or a small rest behind it, has it.
 * Worker-owned.
 */
final class H1Outgoing implements Sink {

    private enum At { HEAD, BODY, RAW, ENDED, DEAD }

    private static final int LATEST = 11;
    /** So much of a body goes into one piece with what stands before it: copying it costs less than another vector. */
    private static final int SMALL = 1024;
    private static final int LARGEST_CHUNK = 1 << 30;

    private final H1Mux mux;
    private final H1Writer writer;
    private final boolean writesAnswers;
    private Source sender;
    private At at = At.DEAD;
    private boolean toHead;
    private int clientVersion = LATEST;
    private boolean silent;
    private Framing framing = Framing.NONE;
    private long left;
    private boolean openChunk;
    /** Bytes of the chunk under way that are still to come, announced before they are there. */
    private int announced;
    private int written;
    private boolean endUnsent;

    H1Outgoing(H1Mux mux, H1Setup setup, boolean writesAnswers) {
        this.mux = mux;
        this.writesAnswers = writesAnswers;
        writer = new H1Writer(setup.names());
    }

    void begin() {
        at = At.HEAD;
        written = 0;
        endUnsent = false;
        openChunk = false;
        announced = 0;
        sender = Source.NOBODY;
    }

    void sender(Source source) {
        sender = source;
    }

    /** What the answer is for. */
    void answers(boolean headOnly, int version) {
        toHead = headOnly;
        clientVersion = version;
    }

    boolean isOver() {
        return at == At.DEAD || at == At.ENDED && !endUnsent;
    }

    boolean hasUnsent() {
        return at == At.ENDED && endUnsent;
    }

    Source detach() {
        at = At.DEAD;
        Source last = sender;
        sender = Source.NOBODY;
        return last;
    }

    void raw() {
        if (at != At.DEAD) {
            at = At.RAW;
            endUnsent = false;
        }
    }

    @Override
    public void head(Kind kind, Head head) {
        if (at != At.HEAD) {
            return;
        }
        boolean closes = writer.takesClose(head);
        H1Writer.Word word = H1Writer.Word.NOTHING;
        if (kind == Kind.REQUEST || kind == Kind.FINAL) {
            if (closes) {
                mux.closeAfter();
            }
            word = begin(head);
        }
        boolean bodyFollows = at == At.BODY && !silent;
        ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(H1Writer.room(head) + (bodyFollows ? SMALL : 0));
        writer.head(head, word, out);
        mux.connection().writeGrowing(out);
        if (kind == Kind.TUNNEL) {
            mux.tunnel();
        }
    }

    /** Settles how the body is written and what becomes of the connection. */
    private H1Writer.Word begin(Head head) {
        at = At.BODY;
        framing = head.framing();
        left = head.bodyLength();
        int status = head.status();
        silent = framing == Framing.NONE || writesAnswers && (toHead || status == 204 || status == 304);
        boolean old = head.version() < LATEST;
        if (!writesAnswers) {
            mux.asked(head);
            boolean upgrade = head.find(HeaderName.UPGRADE) >= 0;
            return upgrade ? H1Writer.Word.NOTHING
                    : H1Writer.Word.of(mux.keeps() && !(old && framing == Framing.CHUNKED), head.version(), LATEST);
        }
        if (!silent && (framing == Framing.UNTIL_CLOSE || old && framing == Framing.CHUNKED)) {
            mux.closeAfter();
        }
        return H1Writer.Word.of(mux.announcesKeeping(), head.version(), clientVersion);
    }

    @Override
    public void data(ByteBuf slice) {
        int length = slice.readableBytes();
        if (at == At.RAW) {
            written += length;
            mux.connection().write(slice);
        } else if (at != At.BODY) {
            slice.release();
        } else if (silent || length == 0) {
            written += length;
            slice.release();
        } else {
            written += length;
            body(slice, length);
        }
    }

    private void body(ByteBuf slice, int length) {
        if (framing == Framing.CHUNKED && announced > 0) {
            fill(length);
        } else if (framing == Framing.CHUNKED) {
            H1Writer.chunk(length, !openChunk, room(H1Writer.chunkRoom() + Math.min(length, SMALL)));
            openChunk = true;
        } else if (framing == Framing.LENGTH) {
            if (length > left) {
                // more than was announced would be the beginning of the next message
                mux.closeAfter();
                slice.writerIndex(slice.readerIndex() + (int) left);
            }
            left -= slice.readableBytes();
        }
        ByteBuf tail = slice.readableBytes() > SMALL ? null : mux.connection().tail(slice.readableBytes());
        if (tail != null) {
            tail.writeBytes(slice);
            slice.release();
        } else {
            mux.connection().write(slice);
        }
    }

    @Override
    public Connection bypass(int lately) {
        boolean raw = at == At.RAW || at == At.BODY && !silent && framing != Framing.NONE;
        return raw ? mux.connection() : null;
    }

    /** The head of a chunk leaves before its bytes are there: these may go past us. */
    @Override
    public void announce(long bytes) {
        if (at == At.BODY && framing == Framing.CHUNKED && announced == 0) {
            announced = (int) Math.min(bytes, LARGEST_CHUNK);
            H1Writer.chunk(announced, !openChunk, room(H1Writer.chunkRoom()));
            openChunk = false;
            mux.connection().flush();
        }
    }

    @Override
    public void bypassed(int received, int sent) {
        if (at == At.BODY && framing == Framing.CHUNKED) {
            fill(sent);
        } else if (at == At.BODY && framing == Framing.LENGTH) {
            left -= sent;
        }
    }

    private void fill(int count) {
        announced -= count;
        openChunk = announced == 0;
    }

    /** Where so many bytes can be written. */
    private ByteBuf room(int bytes) {
        ByteBuf tail = mux.connection().tail(bytes);
        if (tail == null) {
            tail = ByteBufAllocator.DEFAULT.directBuffer(bytes);
            mux.connection().writeGrowing(tail);
        }
        return tail;
    }

    @Override
    public void end() {
        end(null);
    }

    @Override
    public void end(Head trailers) {
        if (at == At.RAW) {
            at = At.ENDED;
            endUnsent = true;
            mux.connection().endOutput();
            return;
        }
        if (at != At.BODY) {
            return;
        }
        if (!silent && framing == Framing.LENGTH && left > 0) {
            reset(Reason.TRUNCATED);
            return;
        }
        if (!silent && framing == Framing.CHUNKED) {
            ByteBuf out = room(H1Writer.chunkRoom() + (trailers == null ? 0 : trailers.size()));
            writer.lastChunk(!openChunk, trailers, out);
        }
        openChunk = false;
        at = At.ENDED;
        endUnsent = true;
    }

    @Override
    public void flush() {
        if (openChunk) {
            // some readers take a chunk only with the line end behind it
            openChunk = false;
            room(2).writeByte('\r').writeByte('\n');
        }
        mux.connection().flush();
        if (mux.connection().isWritable()) {
            writable();
        }
    }

    void writable() {
        int credit = written;
        if (credit > 0) {
            written = 0;
            sender.credit(credit);
        }
        if (at == At.ENDED && endUnsent && !mux.isTunnel()) {
            delivered();
        }
    }

    void outputEnded() {
        if (at == At.ENDED && endUnsent) {
            delivered();
        }
    }

    private void delivered() {
        endUnsent = false;
        sender.delivered();
        mux.ended();
    }

    @Override
    public void reset(Reason reason) {
        if (at != At.DEAD) {
            mux.leave();
        }
    }
}
