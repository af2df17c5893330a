package dev.weir.net.mux;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** Stands before an engine and notes what it throws, which a connection would take for a broken peer. */
record Guard(Mux engine, List<Throwable> thrown) implements Mux {

    private void run(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            thrown.add(e);
            throw e;
        }
    }

    @Override
    public void opened(Connection connection) {
        run(() -> engine.opened(connection));
    }

    @Override
    public void received(ByteBuf bytes) {
        run(() -> engine.received(bytes));
    }

    @Override
    public void receivedAll() {
        run(engine::receivedAll);
    }

    @Override
    public void inputEnded() {
        run(engine::inputEnded);
    }

    @Override
    public void writable() {
        run(engine::writable);
    }

    @Override
    public void outputEnded() {
        run(engine::outputEnded);
    }

    @Override
    public void broken(Reason reason) {
        run(() -> engine.broken(reason));
    }
}
