package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.LogRecord;

/** An exchange as log formats see it. One per worker and log, pointed at one exchange after the other. Worker-owned. */
final class ExchangeRecord implements LogRecord {

    private static final byte[] CLOSE = {'t', 'x', 'n', '_', 'c', 'l', 'o', 's', 'e'};

    private static final byte[] STATS = {'<', 'S', 'T', 'A', 'T', 'S', '>'};

    private Exchange exchange;
    private boolean partial;
    private byte[] errorText;
    private long frontendLogNumber;

    ExchangeRecord of(Exchange next, boolean isPartial, byte[] error) {
        exchange = next;
        partial = isPartial;
        errorText = error;
        return this;
    }

    /** The line has been written; the next one has the next number. */
    void counted() {
        frontendLogNumber++;
        exchange = null;
    }

    @Override
    public long acceptMicros() {
        return exchange.acceptedWallMicros();
    }

    @Override
    public Address source() {
        return exchange.clientAddress();
    }

    @Override
    public Address destination() {
        return exchange.frontendAddress();
    }

    @Override
    public Address serverSource() {
        return exchange.outgoingAddress();
    }

    @Override
    public Address serverDestination() {
        return exchange.serverAddress();
    }

    @Override
    public int listenerId() {
        return exchange.entrance().id();
    }

    @Override
    public byte[] listenerName() {
        return exchange.entrance().nameBytes();
    }

    @Override
    public byte[] frontend() {
        return exchange.frontend().nameBytes();
    }

    @Override
    public boolean isTls() {
        return false;
    }

    @Override
    public byte[] backend() {
        return exchange.backend() == null ? exchange.frontend().nameBytes() : exchange.backend().nameBytes();
    }

    @Override
    public byte[] server() {
        if (exchange.wasAnsweredHere()) {
            return STATS;
        }
        return exchange.server() == null ? null : exchange.server().nameBytes();
    }

    @Override
    public long handshakeMs() {
        return exchange.handshakeMs();
    }

    @Override
    public long queueMs() {
        return exchange.queueMs();
    }

    @Override
    public long connectMs() {
        return exchange.connectMs();
    }

    @Override
    public long dataMs() {
        return exchange.connectMs() < 0 ? -1 : exchange.dataMs();
    }

    @Override
    public long totalMs() {
        return exchange.totalMs();
    }

    @Override
    public long userMs() {
        return exchange.totalMs();
    }

    @Override
    public boolean isPartial() {
        return partial;
    }

    @Override
    public long bytesToClient() {
        return exchange.bytesOut();
    }

    @Override
    public long bytesToServer() {
        return exchange.bytesIn();
    }

    @Override
    public int termination() {
        return exchange.cause() << 8 | exchange.moment();
    }

    @Override
    public long processConnections() {
        return exchange.entrance().totals().connections().value();
    }

    @Override
    public long frontendConnections() {
        return exchange.frontend().connections().value();
    }

    @Override
    public long backendConnections() {
        return exchange.backend() == null ? 0 : exchange.backend().sessions().value();
    }

    @Override
    public long serverConnections() {
        return exchange.server() == null ? 0 : exchange.server().sessions().value();
    }

    @Override
    public int retries() {
        return exchange.retries();
    }

    @Override
    public boolean isRedispatched() {
        return exchange.wasRedispatched();
    }

    @Override
    public long serverQueue() {
        return exchange.serverQueuePosition();
    }

    @Override
    public long backendQueue() {
        return exchange.backendQueuePosition();
    }

    @Override
    public long requestNumber() {
        return exchange.entrance().totals().counts().sum(dev.weir.model.proxy.Totals.Total.SESSIONS) - 1;
    }

    @Override
    public long frontendLogNumber() {
        return frontendLogNumber;
    }

    @Override
    public int status() {
        return 0;
    }

    @Override
    public byte[] uniqueId() {
        return exchange.uniqueId();
    }

    @Override
    public byte[] tlsVersion() {
        return null;
    }

    @Override
    public byte[] tlsCipher() {
        return null;
    }

    @Override
    public byte[] origin() {
        return CLOSE;
    }

    @Override
    public byte[] errorText() {
        return errorText;
    }

    /** Null until exchanges have a context of their own. */
    @Override
    public ExpressionContext expressions() {
        return null;
    }
}
