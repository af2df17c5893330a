package dev.weir.flow.drive;

import dev.weir.base.log.SyslogStream;
import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.LogForwarder;
import dev.weir.model.proxy.LogForwardSpec;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import io.netty.buffer.ByteBuf;

/** One sender of syslog messages over a stream; it is told nothing. A stream that cannot be cut is closed. Worker-owned. */
final class LogStream implements Mux {

    private final LogStreamDoor door;
    private final LogForwarder forwarder;
    private final Worker worker;
    private final SyslogStream messages;
    private final boolean linesOnly;
    private final int timeoutMs;
    private final Timer patience = new Timer() {
        @Override
        protected void fire(long nowMs) {
            connection.close();
        }
    };
    private Connection connection;

    LogStream(LogStreamDoor door, LogForwarder forwarder, Worker worker, int bufferBytes) {
        this.door = door;
        this.forwarder = forwarder;
        this.worker = worker;
        linesOnly = forwarder.spec().settings().get(LogForwardSpec.LINES_ONLY);
        messages = new SyslogStream(bufferBytes, linesOnly);
        timeoutMs = forwarder.spec().settings().get(LogForwardSpec.TIMEOUT_CLIENT);
    }

    @Override
    public void opened(Connection accepted) {
        connection = accepted;
        rearm();
    }

    private void rearm() {
        if (timeoutMs > 0) {
            worker.arm(patience, timeoutMs);
        }
    }

    @Override
    public void received(ByteBuf bytes) {
        while (bytes.isReadable() && !messages.isBroken()) {
            int count = Math.min(bytes.readableBytes(), messages.room());
            bytes.readBytes(messages.buffer(), messages.filled(), count);
            messages.added(count);
            while (messages.next()) {
                forward();
            }
        }
        bytes.release();
        if (messages.isBroken()) {
            connection.close();
        }
    }

    private void forward() {
        // with both framings in use a line is never empty
        if (!linesOnly || messages.to() > messages.from()) {
            forwarder.take(worker, messages.buffer(), messages.from(), messages.to(), connection.source());
        }
    }

    @Override
    public void receivedAll() {
        rearm();
    }

    @Override
    public void inputEnded() {
        connection.close();
    }

    @Override
    public void broken(Reason reason) {
        worker.remove(patience);
        door.left();
    }
}
