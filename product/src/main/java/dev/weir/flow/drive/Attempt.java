package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.flow.exchange.Failure;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.net.sock.Dialer;
import io.netty.buffer.ByteBuf;
import java.net.BindException;

/**
 * One try to connect to a server: the engine of the connection until it is established. Late news of a try that was
 * given up reaches nobody. Worker-owned.
 */
final class Attempt implements Mux, Dialer.DialOutcome {

    private final Dispatch dispatch;
    private Connection connection;
    private boolean givenUp;

    Attempt(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    void begin(Worker worker, Dialer dialer, Address target, Address origin) {
        connection = Connection.dial(worker, dialer, target, origin, this, this);
        // the failure may have been told before there was a connection to close
        if (givenUp) {
            giveUp();
        }
    }

    void giveUp() {
        givenUp = true;
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (!givenUp) {
            dispatch.connectFailed(this, cause instanceof BindException ? Failure.CONNECT_RESOURCE
                    : Failure.CONNECT_REFUSED);
        }
    }

    @Override
    public void opened(Connection established) {
        if (givenUp) {
            established.close();
        } else {
            dispatch.connected(this, established);
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
        bytes.release();
    }
}
