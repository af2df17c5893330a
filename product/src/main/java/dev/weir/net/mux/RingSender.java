package dev.weir.net.mux;

import dev.weir.base.address.Address;
import dev.weir.base.log.LogLine;
import dev.weir.base.log.LogRing;
import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.Dialer;
import dev.weir.net.tls.TlsClient;
import dev.weir.net.tls.TlsFault;
import dev.weir.net.tls.TlsServerEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends what is in a ring to a server over one connection, which it makes when there is something to send and makes again
 * when it breaks. Messages are framed as RFC 6587 says: with a line end behind them, or their length before them.
 * Worker-owned but for {@link #filled} and {@link #moveTo}.
 */
public final class RingSender implements Mux, Dialer.DialOutcome, Encryption.Handshake {

    private static final int RETRY_MS = 1000;

    private final Worker worker;
    private final LogRing ring;
    private Address server;
    private final Dialer dialer;
    private final boolean octetCounted;
    private final int connectTimeoutMs;
    private final TlsServerEnd tls;
    private final LogLine message = new LogLine();
    private final AtomicBoolean told = new AtomicBoolean();
    private final Timer timer = new Timer() {
        @Override
        protected void fire(long nowMs) {
            if (connection != null && !established) {
                retry();
            } else {
                pump();
            }
        }
    };
    private Connection connection;
    private boolean established;
    private boolean waits;

    /** @param tls how the connection is encrypted, or null */
    public RingSender(Worker worker, LogRing ring, Address server, Dialer dialer, boolean octetCounted,
            int connectTimeoutMs, TlsServerEnd tls) {
        this.tls = tls;
        this.worker = worker;
        this.ring = ring;
        this.server = server;
        this.dialer = dialer;
        this.octetCounted = octetCounted;
        this.connectTimeoutMs = connectTimeoutMs;
    }

    /** There is something new. From any thread. */
    public void filled() {
        if (!told.getAndSet(true)) {
            worker.execute(() -> {
                told.set(false);
                if (!waits) {
                    pump();
                }
            });
        }
    }

    /** The server is elsewhere: what was not sent yet goes there. From any thread. */
    public void moveTo(Address next) {
        worker.execute(() -> {
            if (!next.equals(server)) {
                server = next;
                if (established) {
                    leave();
                } else if (connection != null) {
                    retry();
                    return;
                }
                pump();
            }
        });
    }

    /** What was written still arrives where it was sent to. */
    private void leave() {
        Connection left = connection;
        connection = null;
        established = false;
        left.become(Mux.NOBODY);
        left.closeAfterFlush(0);
    }

    private void pump() {
        waits = false;
        if (connection == null) {
            dial();
        } else if (established) {
            send();
        }
    }

    private void dial() {
        waits = true;
        worker.arm(timer, connectTimeoutMs > 0 ? connectTimeoutMs : RETRY_MS);
        connection = Connection.dial(worker, dialer, server, null, this, this);
    }

    private void send() {
        ByteBuf out = null;
        while (connection.isWritable() && ring.take(message)) {
            if (out == null) {
                out = ByteBufAllocator.DEFAULT.directBuffer();
            }
            frame(out);
            if (out.readableBytes() > LogLine.LIMIT) {
                connection.write(out);
                out = null;
            }
        }
        if (out != null) {
            connection.write(out);
        }
        connection.flush();
    }

    private void frame(ByteBuf out) {
        if (octetCounted) {
            writeNumber(out, message.length());
            out.writeByte(' ');
        }
        out.writeBytes(message.array(), 0, message.length());
        if (!octetCounted) {
            out.writeByte('\n');
        }
    }

    private static void writeNumber(ByteBuf out, int number) {
        int unit = 1;
        while (number / unit >= 10) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            out.writeByte('0' + number / unit % 10);
        }
    }

    @Override
    public void opened(Connection made) {
        connection = made;
        if (tls != null) {
            Encryption.dial(made, new TlsClient(tls, worker.index(), null), this);
        } else {
            secured();
        }
    }

    @Override
    public void refused(TlsFault fault) {
        retry();
    }

    @Override
    public void secured() {
        worker.disarm(timer);
        established = true;
        waits = false;
        send();
    }

    @Override
    public void received(ByteBuf bytes) {
        // log servers have nothing to say
        bytes.release();
    }

    @Override
    public void writable() {
        send();
    }

    @Override
    public void inputEnded() {
        retry();
    }

    @Override
    public void broken(Reason reason) {
        retry();
    }

    @Override
    public void failed(Throwable cause) {
        retry();
    }

    /** After a while, so that a server that is away is not knocked at without end. */
    private void retry() {
        Connection gone = connection;
        connection = null;
        established = false;
        if (gone != null) {
            gone.become(Mux.NOBODY);
            gone.close();
        }
        waits = true;
        worker.arm(timer, RETRY_MS);
    }
}
