package dev.weir.net.mux;

import io.netty.buffer.ByteBuf;

/**
 * The engine of connections whose bytes mean nothing to us: everything is one message each way that ends with its
 * direction. What it reads it lends to the receiver up to a window, and reads on when the receiver gives credit; what
 * it writes it credits once the kernel, or a small rest behind it, has taken it. Worker-owned.
 */
public final class RawMux implements Mux, Sink, Source {

    private final int window;
    private Sink receiver;
    private Source sender;
    private Connection connection;
    private int lent;
    private boolean paused;
    private boolean discarding;
    private boolean inputOver;
    private int written;

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
        receiver.data(bytes);
        if (lent >= window && !paused) {
            paused = true;
            connection.pauseReading();
        }
    }

    @Override
    public void receivedAll() {
        receiver.flush();
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
        if (paused && lent < window) {
            paused = false;
            connection.resumeReading();
        }
    }

    @Override
    public void stop(Reason reason) {
        discarding = true;
        if (paused) {
            paused = false;
            connection.resumeReading();
        }
    }

    @Override
    public void abort(Reason reason) {
        connection.close();
    }
}
