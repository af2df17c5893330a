package dev.weir.net.mux;

import dev.weir.net.tls.CertificateChoice;
import dev.weir.net.tls.TlsClient;
import dev.weir.net.tls.TlsCounters;
import dev.weir.net.tls.TlsFacts;
import dev.weir.net.tls.TlsFault;
import dev.weir.net.tls.TlsLink;
import io.netty.buffer.ByteBuf;

/**
 * What stands between a connection and its engine when it is encrypted: bytes of the socket go through the
 * {@link TlsLink}, text to the engine. Until both sides agree, the engine hears only of the connection's breaking; who
 * asked for the encryption is told the rest. Worker-owned.
 */
public final class Encryption implements TlsLink.Carrier {

    /** Who wants a connection to be encrypted; told once. */
    public interface Handshake {

        /** From now on the engine in charge reads text. */
        void secured();

        /** The connection is of no use; what is to be told to the peer has been written. */
        void refused(TlsFault fault);
    }

    private final Connection connection;
    private final Handshake told;
    private TlsLink link;
    private boolean established;
    private boolean inputEnded;
    private boolean failed;

    private Encryption(Connection connection, Handshake told) {
        this.connection = connection;
        this.told = told;
    }

    /**
     * On a connection that was accepted.
     *
     * @param early what was read before, or null
     */
    public static void accept(Connection connection, CertificateChoice choice, ByteBuf early, Handshake told) {
        Encryption encryption = new Encryption(connection, told);
        encryption.link = TlsLink.accepting(encryption, choice);
        connection.encrypt(encryption);
        if (TlsCounters.areTooMany()) {
            if (early != null) {
                early.release();
            }
            encryption.failed(TlsFault.TOO_MANY);
            return;
        }
        encryption.closeWithout(connection);
        if (early != null) {
            encryption.received(early);
        }
    }

    /** On a connection that was dialled. */
    public static void dial(Connection connection, TlsClient client, Handshake told) {
        Encryption encryption = new Encryption(connection, told);
        encryption.link = TlsLink.dialling(encryption, client);
        connection.encrypt(encryption);
        if (TlsCounters.areTooMany()) {
            encryption.failed(TlsFault.TOO_MANY);
        } else if (!encryption.closeWithout(connection)) {
            encryption.link.start();
        }
    }

    /** Of a connection that has gone meanwhile nobody would hear. */
    private boolean closeWithout(Connection gone) {
        if (!gone.isOpen()) {
            link.close();
        }
        return !gone.isOpen();
    }

    TlsFacts facts() {
        return link.facts();
    }

    void received(ByteBuf bytes) {
        link.received(bytes);
    }

    void write(ByteBuf text) {
        link.write(text);
    }

    void seal() {
        link.seal();
    }

    void end() {
        link.end();
    }

    void close() {
        link.close();
    }

    /** The socket's input has ended; the peer may have told so before. */
    void inputEnded() {
        if (established) {
            ended();
        } else if (!failed) {
            failed(TlsFault.EMPTY);
        }
    }

    @Override
    public void opened(ByteBuf text) {
        connection.engine().received(text);
    }

    @Override
    public void sealed(ByteBuf bytes) {
        if (connection.channel().isOpen()) {
            connection.channel().write(bytes, connection.channel().voidPromise());
        } else {
            bytes.release();
        }
    }

    @Override
    public void send() {
        connection.channel().flush();
    }

    @Override
    public void established() {
        established = true;
        link.counters().paced(connection.worker().index(), connection.worker().nowMs(), link.facts().isResumed());
        told.secured();
    }

    @Override
    public void ended() {
        if (!inputEnded) {
            inputEnded = true;
            connection.engine().inputEnded();
        }
    }

    /** Of a connection that was in use, as if the peer had broken it. */
    @Override
    public void failed(TlsFault fault) {
        if (failed) {
            return;
        }
        failed = true;
        if (established) {
            connection.lost();
        } else {
            link.facts().fault(fault);
            told.refused(fault);
        }
    }
}
