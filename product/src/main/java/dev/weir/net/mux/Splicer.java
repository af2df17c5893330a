package dev.weir.net.mux;

import dev.weir.net.sys.KernelPipe;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Has the kernel move bytes from one connection to another, past us.
 *
 * <p>It begins behind an ordinary read: the source is read no further, what was written has to have left, and then bytes go
 * through a pipe as long as the source has some, or until it has been long enough. Then the source is read as usual, which
 * brings the next bytes, its end, or what is wrong with it. What the destination does not take is read back and written as
 * usual, so that the pipe is empty whenever this returns, and all waiting is what it is without. Worker-owned.
 */
final class Splicer implements Runnable {

    /** Fewer bytes are not worth the calls. */
    static final int LEAST = 4096;
    /** So often at once, and others have their turn. */
    private static final int ROUNDS = 16;

    /** Who reads from the source. */
    interface Reader {

        Connection connection();

        /** How many bytes come next that nobody has to see, Long.MAX_VALUE for all; 0 when none may be taken. */
        long spliceable();

        /** The kernel took so many from the source, and of those so many have reached the destination. */
        void spliced(int received, int sent);

        /** Bytes that were read, as the engine takes them from its connection. */
        void received(ByteBuf bytes);

        /** Whether the source is to be read as usual has changed. */
        void splicing(boolean begins);
    }

    private final Reader reader;
    private Sink receiver;
    private Connection target;
    private boolean active;
    private boolean waiting;

    Splicer(Reader reader) {
        this.reader = reader;
    }

    boolean isActive() {
        return active;
    }

    /** Begins, if there is enough to move, and nothing stands against it. */
    void start(Sink sink, Connection to, int lately) {
        long left = reader.spliceable();
        boolean much = left >= LEAST && (left < Long.MAX_VALUE || lately >= LEAST);
        if (!much || active || waiting || !to.takesBytes() || !reader.connection().givesBytes()
                || KernelPipes.limit() == 0) {
            return;
        }
        receiver = sink;
        target = to;
        active = true;
        reader.splicing(true);
        run();
    }

    /** The message is over, or off. */
    void cancel() {
        active = false;
    }

    @Override
    public void run() {
        waiting = false;
        Connection source = reader.connection();
        int worker = source.worker().index();
        KernelPipe pipe = active ? KernelPipes.borrow(worker) : null;
        if (pipe != null) {
            int rounds = ROUNDS;
            while (active && rounds > 0 && round(source, pipe)) {
                rounds--;
            }
            KernelPipes.giveBack(pipe, worker);
        }
        if (active && !waiting) {
            active = false;
            receiver.flush();
            reader.splicing(false);
        }
    }

    /** Moves what there is, once. False when that was the last for now. */
    private boolean round(Connection source, KernelPipe pipe) {
        long left = reader.spliceable();
        if (left == 0 || !target.takesBytes() || !source.givesBytes() || source.isReading()) {
            return false;
        }
        receiver.announce(left);
        if (!target.isIdleOut()) {
            waiting = true;
            target.flushThen(this);
            return false;
        }
        boolean waits = source.worker().engine().hasWaitingSockets();
        int got = pipe.fill(source.descriptor(), (int) Math.min(left, pipe.size()), waits);
        if (got <= 0) {
            return false;
        }
        int sent = pipe.drain(target.descriptor(), got, waits);
        KernelPipes.moved(sent);
        ByteBuf rest = sent < got ? rest(pipe, got - sent) : null;
        reader.spliced(got, sent);
        if (rest != null) {
            reader.received(rest);
            receiver.flush();
        }
        return true;
    }

    private static ByteBuf rest(KernelPipe pipe, int count) {
        ByteBuf rest = ByteBufAllocator.DEFAULT.directBuffer(count, count);
        pipe.read(rest.nioBuffer(0, count));
        return rest.writerIndex(count);
    }
}
