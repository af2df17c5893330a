package dev.weir.flow.drive;

import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.wire.h2.H2Frames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The engine of a client connection until it is known which version of HTTP it speaks: the preface of HTTP/2 is the
 * beginning of no request. Worker-owned.
 */
final class FirstBytes implements Mux {

    private final Mux usual;
    private final Runnable changed;
    private Connection connection;
    private ByteBuf held;

    /** @param changed puts an engine of HTTP/2 in charge */
    FirstBytes(Mux usual, Runnable changed) {
        this.usual = usual;
        this.changed = changed;
    }

    @Override
    public void opened(Connection established) {
        connection = established;
    }

    @Override
    public void received(ByteBuf bytes) {
        held = held == null ? bytes : Unpooled.wrappedBuffer(held, bytes);
        byte[] preface = H2Frames.PREFACE;
        int count = Math.min(preface.length, held.readableBytes());
        for (int i = 0; i < count; i++) {
            if (held.getByte(held.readerIndex() + i) != preface[i]) {
                handOn();
                return;
            }
        }
        if (count == preface.length) {
            changed.run();
            pass();
        }
    }

    private void handOn() {
        connection.become(usual);
        pass();
    }

    private void pass() {
        ByteBuf all = held;
        held = null;
        if (all != null) {
            connection.engine().received(all);
        }
    }

    @Override
    public void inputEnded() {
        handOn();
        connection.engine().receivedAll();
        connection.engine().inputEnded();
    }

    @Override
    public void broken(Reason reason) {
        if (held != null) {
            held.release();
            held = null;
        }
        usual.opened(connection);
        usual.broken(reason);
    }
}
