package dev.weir.net.mux;

import io.netty.buffer.ByteBuf;

/**
 * The engine of connections whose bytes mean nothing to us: everything is one message each way that ends with its
 * direction. What it reads it lends to the receiver up to a window, and reads on when the receiver gives credit; what
 * it writes it credits once the kernel, or a small rest behind it, has taken it. Worker-owned.
 */
public final class RawMux implements Mux, Sink, Source, Splicer.Reader {

    private final int window;
    private Sink receiver;
    private Source sender;
    private Connection connection;
    private int lent;
    private boolean paused;
    private boolean discarding;
    private boolean inputOver;
    private int written;
    private int came;
    private Splicer splicer;

    /**
     * @param window how many bytes may be on their way from this connection before it is read no further
     */
    public RawMux(int window) {
        this.window = window;
    }

    /** Says where received bytes go, and who is steered by what can be written. Before the connection opens. */
    public void wire(Sink toReceiver, Source toSender) {
        receiver = toReceiver;
        sender = toSender;
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void opened(Connection established) {
        connection = established;
    }

    @Override
    public void received(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (discarding) {
            bytes.release();
            return;
        }
        lent += length;
        came += length;
        receiver.data(bytes);
        regulate();
    }

    /** Reads on, or lets the peer wait. */
    private void regulate() {
        boolean wait = lent >= window && !discarding || splicer != null && splicer.isActive();
        if (wait != paused) {
            paused = wait;
            if (wait) {
                connection.pauseReading();
            } else {
                connection.resumeReading();
            }
        }
    }

    @Override
    public void receivedAll() {
        int lately = came;
        came = 0;
        receiver.flush();
        Connection past = lately == 0 || inputOver ? null : receiver.bypass(lately);
        if (past != null) {
            splicer = splicer == null ? new Splicer(this) : splicer;
            splicer.start(receiver, past, lately);
        }
    }

    @Override
    public long spliceable() {
        return inputOver || discarding || connection.engine() != this ? 0 : Long.MAX_VALUE;
    }

    @Override
    public void spliced(int received, int sent) {
        receiver.bypassed(received, sent);
    }

    @Override
    public void splicing(boolean begins) {
        regulate();
    }

    @Override
    public void inputEnded() {
        if (!inputOver) {
            inputOver = true;
            receiver.end();
        }
    }

    @Override
    public void writable() {
        giveCredit();
    }

    @Override
    public void outputEnded() {
        sender.delivered();
    }

    @Override
    public void broken(Reason reason) {
        if (!inputOver) {
            inputOver = true;
            receiver.reset(reason);
        }
        sender.abort(reason);
    }

    @Override
    public void data(ByteBuf slice) {
        written += slice.readableBytes();
        connection.write(slice);
    }

    @Override
    public void flush() {
        connection.flush();
        if (connection.isWritable()) {
            giveCredit();
        }
    }

    private void giveCredit() {
        int credit = written;
        if (credit > 0) {
            written = 0;
            sender.credit(credit);
        }
    }

    @Override
    public void end() {
        connection.endOutput();
    }

    @Override
    public Connection bypass(int lately) {
        return connection;
    }

    @Override
    public void bypassed(int received, int sent) {
        // what the kernel has is credited by whoever counts it
    }

    @Override
    public void reset(Reason reason) {
        connection.closeAfterFlush(0);
    }

    @Override
    public void delivered() {
        // a tunnel's direction that has been passed on whole asks nothing more of its reader
    }

    @Override
    public void credit(int bytes) {
        lent -= bytes;
        regulate();
    }

    @Override
    public void stop(Reason reason) {
        discarding = true;
        regulate();
    }

    @Override
    public void abort(Reason reason) {
        connection.close();
    }
}
