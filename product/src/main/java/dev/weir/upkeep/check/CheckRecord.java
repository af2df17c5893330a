package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.LogRecord;
import dev.weir.flow.expr.RequestPart;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;

/** A check as log formats see it: a backend and a server, and nothing of an exchange. Owned by the Conductor. */
final class CheckRecord implements LogRecord {

    private final CheckContext context;
    private final Backend home;
    private final Server checked;

    CheckRecord(CheckContext context, Backend home, Server checked) {
        this.context = context;
        this.home = home;
        this.checked = checked;
    }

    @Override
    public long acceptMicros() {
        return context.process().wallMicros();
    }

    @Override
    public Address source() {
        return Address.NONE;
    }

    @Override
    public Address destination() {
        return Address.NONE;
    }

    @Override
    public Address serverSource() {
        return Address.NONE;
    }

    @Override
    public Address serverDestination() {
        return checked.address();
    }

    @Override
    public int listenerId() {
        return 0;
    }

    @Override
    public byte[] listenerName() {
        return null;
    }

    @Override
    public byte[] frontend() {
        return home.nameBytes();
    }

    @Override
    public boolean isTls() {
        return false;
    }

    @Override
    public byte[] backend() {
        return home.nameBytes();
    }

    @Override
    public byte[] server() {
        return checked.nameBytes();
    }

    @Override
    public long handshakeMs() {
        return -1;
    }

    @Override
    public long queueMs() {
        return -1;
    }

    @Override
    public long connectMs() {
        return -1;
    }

    @Override
    public long dataMs() {
        return -1;
    }

    @Override
    public long totalMs() {
        return -1;
    }

    @Override
    public long userMs() {
        return -1;
    }

    @Override
    public boolean isPartial() {
        return false;
    }

    @Override
    public long bytesToClient() {
        return 0;
    }

    @Override
    public long bytesToServer() {
        return 0;
    }

    @Override
    public int termination() {
        return 0;
    }

    @Override
    public long processConnections() {
        return context.process().activeConnections();
    }

    @Override
    public long frontendConnections() {
        return 0;
    }

    @Override
    public long backendConnections() {
        return home.sessions().value();
    }

    @Override
    public long serverConnections() {
        return checked.sessions().value();
    }

    @Override
    public int retries() {
        return 0;
    }

    @Override
    public boolean isRedispatched() {
        return false;
    }

    @Override
    public long serverQueue() {
        return checked.queue().value();
    }

    @Override
    public long backendQueue() {
        return home.queue().value();
    }

    @Override
    public long requestNumber() {
        return 0;
    }

    @Override
    public long frontendLogNumber() {
        return 0;
    }

    @Override
    public int status() {
        return 0;
    }

    @Override
    public byte[] uniqueId() {
        return null;
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
        return null;
    }

    @Override
    public byte[] errorText() {
        return null;
    }

    @Override
    public ExpressionContext expressions() {
        return context;
    }

    @Override
    public long requestMicros() {
        return context.process().wallMicros();
    }

    @Override
    public long idleMs() {
        return -1;
    }

    @Override
    public long headMs() {
        return -1;
    }

    @Override
    public long requestMs() {
        return -1;
    }

    @Override
    public long responseMs() {
        return -1;
    }

    @Override
    public long activeMs() {
        return -1;
    }

    @Override
    public byte[] requestLine() {
        return null;
    }

    @Override
    public long requestPart(RequestPart part) {
        return 0;
    }

    @Override
    public byte[] requestCookie() {
        return null;
    }

    @Override
    public byte[] responseCookie() {
        return null;
    }

    @Override
    public int cookieLetters() {
        return 0;
    }

    @Override
    public byte[][] requestCaptures() {
        return null;
    }

    @Override
    public byte[][] responseCaptures() {
        return null;
    }
}
