package dev.weir.flow.drive;

import dev.weir.base.time.Timer;
import dev.weir.flow.rule.Attachment;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.PoolKey;
import dev.weir.net.tls.Alpn;
import io.netty.buffer.ByteBuf;

/**
 * An accepted connection that becomes a server's: reverse HTTP. It can be used once its peer has said how it speaks, and
 * is closed when that takes too long. Worker-owned.
 */
final class Attaching extends Timer {

    private final Connection connection;

    private Attaching(Connection connection) {
        this.connection = connection;
    }

    /** @param first what was read of it already, or null */
    static void begin(Connection connection, ExchangeContext context, ByteBuf first) {
        if (connection.tls() != null && !Alpn.isHttp2(connection.tls().alpn())) {
            connection.become(dev.weir.net.mux.Mux.NOBODY);
            connection.close();
            return;
        }
        Attachment to = context.attachment();
        Attaching attaching = new Attaching(connection);
        HttpKit kit = context.front().kit(connection.worker().index());
        PoolKey key = to.name() == null ? PoolKey.plain(to.server().idleShare())
                : new PoolKey(to.server().idleShare(), null, null, to.name(), 0);
        int patienceMs = context.front().waitForRequestMs();
        if (patienceMs > 0) {
            connection.worker().arm(attaching, patienceMs);
        }
        ServerConnection.attach(to.server(), kit, key, connection,
                () -> connection.worker().remove(attaching));
        if (first != null) {
            connection.handOn(first);
        }
    }

    @Override
    protected void fire(long nowMs) {
        connection.close();
    }
}
