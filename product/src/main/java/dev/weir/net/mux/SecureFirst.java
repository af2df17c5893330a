package dev.weir.net.mux;

import dev.weir.base.time.Timer;
import dev.weir.net.tls.CertificateChoice;
import dev.weir.net.tls.TlsFault;
import io.netty.buffer.ByteBuf;

/**
 * The engine of an accepted connection until both sides agree on encryption; then another one takes over, which learns of
 * nothing before. Worker-owned.
 */
public final class SecureFirst extends Timer implements Mux, Encryption.Handshake {

    private static final int PATIENCE_MS = 10_000;

    private final CertificateChoice certificates;
    private final Mux then;
    private final Runnable lost;
    private Connection connection;
    private boolean over;

    private SecureFirst(CertificateChoice certificates, Mux then, Runnable lost) {
        this.certificates = certificates;
        this.then = then;
        this.lost = lost;
    }

    /**
     * The engine to begin with.
     *
     * @param certificates what clients are shown, or null where they speak in the clear
     * @param then the engine of a connection that is ready
     * @param lost told when it never is
     */
    public static Mux before(CertificateChoice certificates, Mux then, Runnable lost) {
        return certificates == null ? then : new SecureFirst(certificates, then, lost);
    }

    @Override
    public void opened(Connection accepted) {
        connection = accepted;
        connection.worker().arm(this, PATIENCE_MS);
        Encryption.accept(accepted, certificates, null, this);
    }

    @Override
    public void secured() {
        over = true;
        connection.worker().remove(this);
        connection.become(then);
    }

    @Override
    public void refused(TlsFault fault) {
        end();
    }

    @Override
    protected void fire(long nowMs) {
        end();
    }

    @Override
    public void received(ByteBuf bytes) {
        // nothing can be read before both sides agree
        bytes.release();
    }

    @Override
    public void broken(Reason reason) {
        end();
    }

    private void end() {
        if (!over) {
            over = true;
            connection.worker().remove(this);
            if (connection.isOpen()) {
                connection.become(Mux.NOBODY);
                connection.closeAfterFlush(0);
            }
            lost.run();
        }
    }
}
