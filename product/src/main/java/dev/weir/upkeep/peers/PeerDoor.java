package dev.weir.upkeep.peers;

import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Acceptor;
import dev.weir.net.mux.Admission;
import dev.weir.net.mux.Listener;
import dev.weir.net.mux.Mux;
import dev.weir.net.tls.CertificateChoice;
import dev.weir.wire.proxyv.HeaderReader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Where the peers of a section call. Those who have not greeted yet are limited in number. Shared: atomic. */
public final class PeerDoor implements Acceptor, Admission {

    private static final int MOST = 1024;

    private final PeerSection section;
    private final AtomicInteger guests = new AtomicInteger();
    private final CertificateChoice certificates;
    private final Supplier<HeaderReader> headers;
    private Listener listener;

    /**
     * @param certificates what those who call are shown, or null where they speak in the clear
     * @param headers reads what must come first, or null
     */
    public PeerDoor(PeerSection section, CertificateChoice certificates, Supplier<HeaderReader> headers) {
        this.section = section;
        this.certificates = certificates;
        this.headers = headers;
    }

    /** Before the listener starts. */
    public void of(Listener its) {
        listener = its;
    }

    @Override
    public Worker workerFor(Listener at) {
        return section.worker();
    }

    @Override
    public Mux engineFor(Worker worker) {
        return new PeerSession(section, this);
    }

    @Override
    public boolean enter() {
        if (guests.incrementAndGet() <= MOST) {
            return true;
        }
        guests.decrementAndGet();
        return false;
    }

    @Override
    public boolean hasRoom() {
        return guests.get() < MOST;
    }

    CertificateChoice certificates() {
        return certificates;
    }

    /** What a new connection has to begin with, or null. */
    PeerPreface preface() {
        return headers == null ? null : PeerPreface.announced(headers.get());
    }

    void left() {
        guests.decrementAndGet();
        listener.wake();
    }
}
