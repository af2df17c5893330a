package dev.weir.flow.drive;

import dev.weir.flow.reply.Reply;
import dev.weir.net.mux.Reason;
import dev.weir.net.mux.Source;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The body of an answer that a service or a cache gives: it enters the pipe of responses like a server's, a piece at a time
 * as the client takes it. Worker-owned.
 */
final class ServedAnswer implements Source {

    private static final int PIECE = 16 * 1024;

    private final Pipe pipe;
    private Reply.Streamed left;
    private int lent;
    private boolean writing;

    private ServedAnswer(Pipe pipe, Reply.Streamed body) {
        this.pipe = pipe;
        this.left = body;
    }

    /** Gives the body to a pipe that leads nowhere yet, or its first piece. */
    static void into(Pipe pipe, Reply.Body body) {
        switch (body) {
            case Reply.Whole whole -> {
                pipe.origin(Source.NOBODY);
                if (whole.bytes().length > 0) {
                    pipe.data(Unpooled.wrappedBuffer(whole.bytes()));
                }
                pipe.end();
            }
            case Reply.Streamed pieces -> {
                ServedAnswer answer = new ServedAnswer(pipe, pieces);
                pipe.origin(answer);
                pieces.begun(answer::write);
                answer.write();
            }
        }
    }

    /** A loop, since a client that takes all at once gives its credit within the call. */
    private void write() {
        if (writing) {
            return;
        }
        writing = true;
        while (left != null && lent == 0) {
            ByteBuf piece = Unpooled.buffer(PIECE);
            boolean more = left.append(piece);
            if (more && !piece.isReadable()) {
                piece.release();
                break;
            }
            lent += piece.readableBytes();
            if (!more) {
                left = null;
            }
            pipe.data(piece);
            if (!more) {
                pipe.end();
            }
            pipe.flush();
        }
        writing = false;
    }

    @Override
    public void credit(int bytes) {
        lent -= bytes;
        write();
    }

    @Override
    public void delivered() {
        // the pipe's owner hears of it
    }

    @Override
    public void stop(Reason reason) {
        drop();
    }

    @Override
    public void abort(Reason reason) {
        drop();
    }

    private void drop() {
        if (left != null) {
            left.dropped();
            left = null;
        }
    }
}
