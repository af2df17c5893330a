package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.model.server.ServerSpec.SendProxy;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Encryption;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.net.sock.Dialer;
import dev.weir.net.sock.SockOpt;
import dev.weir.net.tls.TlsClient;
import dev.weir.net.tls.TlsFault;
import dev.weir.wire.proxyv.ProxyHeaderWriter;
import dev.weir.wire.proxyv.ProxyV2Fields;
import dev.weir.wire.proxyv.Socks4;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.BindException;

/** The connection of a check: dialled, through a SOCKS4 proxy where asked, opened with a PROXY header. Owned by the Conductor. */
final class CheckConnection implements CheckLine, Mux, Dialer.DialOutcome, Encryption.Handshake {

    /** Who is told what becomes of it; nothing after {@link #end}. */
    interface Owner {

        void connected();

        /** @param ofOurs whether it did not even come to a try */
        void failed(boolean ofOurs, String why);

        /** The server is there and cannot be agreed with on encryption. */
        void refused(String why);

        void received(ByteBuf bytes);

        void ended();

        void broken();
    }

    private static final int PATIENCE_MS = 1000;

    private final Owner owner;
    private final SendProxy header;
    /** What a SOCKS4 proxy is asked to connect us to, or null. */
    private final Address beyond;
    private final TlsClient tls;
    private final boolean lingers;
    /** {@code pp2-never-send-local}. */
    private final boolean neverLocal;
    /** What is asked in HTTP/2, or null. */
    private final Http2Question question;
    private Connection connection;
    private ByteBuf proxyAnswer;
    private boolean established;
    private boolean securing;
    private boolean over;

    /** @param http2 how big a head may be where requests are asked in that version, else 0 */
    CheckConnection(Owner owner, SendProxy header, Address beyond, TlsClient tls, boolean lingers, int http2,
            boolean neverLocal) {
        this.neverLocal = neverLocal;
        this.owner = owner;
        question = http2 > 0 ? new Http2Question(this, http2) : null;
        this.header = header;
        this.beyond = beyond;
        this.tls = tls;
        this.lingers = lingers;
    }

    void dial(Worker worker, Dialer dialer, Address target) {
        connection = Connection.dial(worker, dialer, target, dialer.source().address(), this, this);
        if (over && connection != null) {
            close();
        }
    }

    @Override
    public void write(byte[] bytes) {
        if (question == null) {
            connection.write(Unpooled.wrappedBuffer(bytes));
        } else {
            question.ask(bytes);
        }
    }

    @Override
    public void flush() {
        if (established && !over) {
            connection.flush();
        }
    }

    /** A reset as a rule: the port is free again at once, and the server sees that nobody wanted anything. */
    @Override
    public void end() {
        over = true;
        if (proxyAnswer != null) {
            proxyAnswer.release();
            proxyAnswer = null;
        }
        if (connection != null) {
            close();
        }
    }

    private void close() {
        if (lingers) {
            connection.closeAfterFlush(PATIENCE_MS);
        } else {
            connection.closeWithReset();
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (!over) {
            owner.failed(cause instanceof BindException, SockOpt.words(cause));
        }
    }

    @Override
    public void opened(Connection made) {
        connection = made;
        if (over) {
            close();
        } else if (beyond == null) {
            begin();
        } else {
            askProxy();
        }
    }

    private void askProxy() {
        ByteBuf request = ByteBufAllocator.DEFAULT.directBuffer();
        if (Socks4.writeRequest(request, beyond)) {
            connection.write(request);
            connection.flush();
        } else {
            request.release();
            owner.failed(true, "");
        }
    }

    private void begin() {
        established = tls == null;
        if (header != SendProxy.NONE) {
            ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer();
            if (header == SendProxy.V1) {
                ProxyHeaderWriter.writeV1(out, connection.destination(), connection.source());
            } else if (neverLocal) {
                ProxyHeaderWriter.writeV2(out, connection.destination(), connection.source(), new ProxyV2Fields());
            } else {
                ProxyHeaderWriter.writeV2Local(out, new ProxyV2Fields());
            }
            connection.write(out);
            connection.flush();
        }
        if (tls == null) {
            ready();
        } else {
            securing = true;
            Encryption.dial(connection, tls, this);
        }
    }

    private void ready() {
        if (question != null) {
            question.begin(connection);
        }
        owner.connected();
    }

    @Override
    public boolean isSecuring() {
        return securing;
    }

    @Override
    public void secured() {
        securing = false;
        established = true;
        if (!over) {
            ready();
        }
    }

    @Override
    public void refused(TlsFault fault) {
        if (!over) {
            owner.refused(fault.text());
        }
    }

    @Override
    public void received(ByteBuf bytes) {
        if (over) {
            bytes.release();
        } else if (established) {
            owner.received(bytes);
        } else {
            proxyAnswer = proxyAnswer == null ? bytes : Unpooled.wrappedBuffer(proxyAnswer, bytes);
            switch (Socks4.readAnswer(proxyAnswer)) {
                case NEED_MORE -> { }
                case DENIED -> owner.failed(false, "SOCKS4 Proxy deny the request");
                case GRANTED -> {
                    ByteBuf rest = proxyAnswer;
                    proxyAnswer = null;
                    begin();
                    received(rest);
                }
            }
        }
    }

    @Override
    public void inputEnded() {
        if (over) {
            return;
        }
        if (established) {
            owner.ended();
        } else {
            owner.failed(false, "Connection reset by peer");
        }
    }

    @Override
    public void broken(Reason reason) {
        if (over) {
            return;
        }
        if (established) {
            owner.broken();
        } else {
            owner.failed(false, "Connection reset by peer");
        }
    }
}
