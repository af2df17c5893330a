package dev.weir.flow.drive;

import dev.weir.flow.exchange.LogForwarder;
import dev.weir.model.proxy.LogForwardSpec;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Acceptor;
import dev.weir.net.mux.Admission;
import dev.weir.net.mux.Listener;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.SecureFirst;
import dev.weir.net.tls.CertificateChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The stream listeners of a {@code log-forward} section: lets in so many senders as its {@code maxconn} allows over all
 * of them, each on the worker of its listener. Shared: atomic.
 */
public final class LogStreamDoor implements Acceptor, Admission {

    private final LogForwarder forwarder;
    private final int bufferBytes;
    private final int maxconn;
    private final CertificateChoice certificates;
    private final AtomicInteger senders;
    private final List<Listener> listeners = new ArrayList<>();

    /** @param bufferBytes how long a message may be */
    public LogStreamDoor(LogForwarder forwarder, int bufferBytes) {
        this(forwarder, bufferBytes, new AtomicInteger(), null);
    }

    private LogStreamDoor(LogForwarder forwarder, int bufferBytes, AtomicInteger senders,
            CertificateChoice certificates) {
        this.forwarder = forwarder;
        this.bufferBytes = bufferBytes;
        this.senders = senders;
        this.certificates = certificates;
        maxconn = forwarder.spec().settings().get(LogForwardSpec.MAXCONN);
    }

    /** The same section where senders are to be encrypted. */
    public LogStreamDoor showing(CertificateChoice shown) {
        return shown == null ? this : new LogStreamDoor(forwarder, bufferBytes, senders, shown);
    }

    /** One of its listeners, before any of them begins. */
    public void add(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public Worker workerFor(Listener listener) {
        return listener.home();
    }

    @Override
    public Mux engineFor(Worker worker) {
        return SecureFirst.before(certificates, new LogStream(this, forwarder, worker, bufferBytes), this::left);
    }

    @Override
    public boolean enter() {
        if (maxconn == 0 || senders.incrementAndGet() <= maxconn) {
            return true;
        }
        senders.decrementAndGet();
        return false;
    }

    @Override
    public boolean hasRoom() {
        return maxconn == 0 || senders.get() < maxconn;
    }

    void left() {
        if (maxconn > 0) {
            senders.decrementAndGet();
            listeners.forEach(Listener::wake);
        }
    }
}
