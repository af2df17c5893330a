package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.LogRecord;
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
    public Address serverDestination() {
        return checked.address();
    }

    @Override
    public byte[] frontend() {
        return home.nameBytes();
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
    public long processConnections() {
        return context.process().activeConnections();
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
    public long serverQueue() {
        return checked.queue().value();
    }

    @Override
    public long backendQueue() {
        return home.queue().value();
    }

    @Override
    public ExpressionContext expressions() {
        return context;
    }

    @Override
    public long requestMicros() {
        return context.process().wallMicros();
    }
}
