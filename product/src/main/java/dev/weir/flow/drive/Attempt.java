package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.flow.exchange.Failure;
import dev.weir.model.server.Count;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Encryption;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.net.sock.Dialer;
import dev.weir.net.tls.TlsClient;
import dev.weir.net.tls.TlsFault;
import dev.weir.wire.proxyv.Socks4;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.BindException;

/**
 * One try to connect to a server: the engine of the connection until it is established. Late news of a try that was
 * given up reaches nobody. Worker-owned.
 */
final class Attempt implements Mux, Dialer.DialOutcome, Encryption.Handshake {

    private final Dispatch dispatch;
    /** What a SOCKS4 proxy is asked to connect us to, null when we connect ourselves. */
    private final Address beyond;
    private ByteBuf answer;
    private Connection connection;
    private boolean givenUp;
    private boolean secured;

    Attempt(Dispatch dispatch, Address beyond) {
        this.dispatch = dispatch;
        this.beyond = beyond;
    }

    void begin(Worker worker, Dialer dialer, Address target, Address origin) {
        connection = Connection.dial(worker, dialer, target, origin, this, this);
        // the failure may have been told before there was a connection to close
        if (givenUp) {
            giveUp();
        }
    }

    boolean isSecured() {
        return secured;
    }

    /** Encrypts the connection, which is there, before it is of use. */
    void secure(TlsClient client) {
        Encryption.dial(connection, client, this);
    }

    @Override
    public void secured() {
        secured = true;
        dispatch.countTls(Count.TLS_SESSIONS);
        if (connection.tls() != null && connection.tls().isResumed()) {
            dispatch.countTls(Count.TLS_RESUMED);
        }
        if (!givenUp) {
            dispatch.connected(this, connection);
        }
    }

    @Override
    public void refused(TlsFault fault) {
        dispatch.countTls(Count.TLS_FAILED);
        if (!givenUp) {
            dispatch.refusedTls(connection.tls());
            dispatch.connectFailed(this, Failure.CONNECT_REFUSED);
        }
    }

    void giveUp() {
        givenUp = true;
        dropAnswer();
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (!givenUp) {
            dispatch.failedFor(ConnectFault.of(cause));
            dispatch.connectFailed(this, cause instanceof BindException ? Failure.CONNECT_RESOURCE
                    : Failure.CONNECT_REFUSED);
        }
    }

    @Override
    public void opened(Connection established) {
        connection = established;
        if (givenUp) {
            established.close();
        } else if (beyond != null) {
            askProxy();
        } else {
            dispatch.connected(this, established);
        }
    }

    private void askProxy() {
        ByteBuf request = ByteBufAllocator.DEFAULT.directBuffer();
        if (Socks4.writeRequest(request, beyond)) {
            connection.write(request);
            connection.flush();
        } else {
            request.release();
            dispatch.connectFailed(this, Failure.CONNECT_REFUSED);
        }
    }

    @Override
    public void broken(Reason reason) {
        if (!givenUp) {
            dispatch.connectFailed(this, Failure.CONNECT_REFUSED);
        }
    }

    @Override
    public void received(ByteBuf bytes) {
        if (beyond == null || givenUp) {
            bytes.release();
            return;
        }
        answer = answer == null ? bytes : Unpooled.wrappedBuffer(answer, bytes);
        switch (Socks4.readAnswer(answer)) {
            case NEED_MORE -> { }
            case GRANTED -> granted();
            case DENIED -> {
                dropAnswer();
                dispatch.connectFailed(this, Failure.CONNECT_REFUSED);
            }
        }
    }

    /** What stands behind the answer is the server's already. */
    private void granted() {
        ByteBuf rest = answer;
        answer = null;
        dispatch.connected(this, connection);
        connection.handOn(rest);
    }

    private void dropAnswer() {
        if (answer != null) {
            answer.release();
            answer = null;
        }
    }

    @Override
    public void inputEnded() {
        if (!givenUp) {
            dispatch.connectFailed(this, Failure.CONNECT_REFUSED);
        }
    }
}
