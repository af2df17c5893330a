package dev.weir.wire.h1;

import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;

/**
 * What a head says in HTTP/1 only: how many bytes it had, and what is to become of the connection. Places in the
 * {@link Head} count from where the message began in the input. Reused from message to message; worker-owned.
 */
public final class H1Head {

    Head head;
    int length;
    /** Flags of {@link H1Connection}. */
    int connection;
    boolean closes;
    boolean hasUpgrade;
    boolean websocket;
    boolean expectsContinue;

    void begin(Head empty) {
        head = empty;
        length = 0;
        connection = 0;
        closes = false;
        hasUpgrade = false;
        websocket = false;
        expectsContinue = false;
    }

    /** The neutral part. */
    public Head message() {
        return head;
    }

    /** All bytes of the head, the empty line and lines skipped before it included. */
    public int length() {
        return length;
    }

    public int methodAt() {
        return head.methodAt();
    }

    public int methodLength() {
        return head.methodLength();
    }

    public int pathAt() {
        return head.pathAt();
    }

    public int pathLength() {
        return head.pathLength();
    }

    /** 0 for HTTP/1.0 and older, 1 for all later ones, which we speak as HTTP/1.1. */
    public int minorVersion() {
        return head.version() >= 11 ? 1 : 0;
    }

    public Framing framing() {
        return head.framing();
    }

    /** Meaningful for {@link Framing#LENGTH}. */
    public long contentLength() {
        return head.bodyLength();
    }

    public boolean saysClose() {
        return (connection & H1Connection.CLOSE) != 0;
    }

    public boolean saysKeepAlive() {
        return (connection & H1Connection.KEEP_ALIVE) != 0;
    }

    /** Both an Upgrade header and the word in Connection; one without the other is dropped. */
    public boolean asksUpgrade() {
        return hasUpgrade && (connection & H1Connection.UPGRADE) != 0;
    }

    /** Whether what it asks to change to is websocket. */
    public boolean asksWebsocket() {
        return websocket && asksUpgrade();
    }

    public boolean expectsContinue() {
        return expectsContinue;
    }

    /** Whether the connection must close after the exchange, because its framing could be read in two ways. */
    public boolean mustClose() {
        return closes;
    }

    /** Whether the sender of this head would keep its connection open. */
    public boolean persists() {
        return !closes && !saysClose() && (minorVersion() > 0 || saysKeepAlive());
    }
}
