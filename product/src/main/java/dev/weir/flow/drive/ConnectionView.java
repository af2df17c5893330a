package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.expr.ConnectionFacts;
import dev.weir.model.value.Sample;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.H2Mux;
import dev.weir.net.mux.H2Stream;
import dev.weir.net.mux.Stream;
import dev.weir.net.sock.LocalAddresses;
import dev.weir.net.tls.TlsFacts;
import dev.weir.wire.proxyv.HeaderError;
import dev.weir.wire.proxyv.ProxyHeader;

/** A connection of an exchange as expressions see it. Worker-owned. */
final class ConnectionView implements ConnectionFacts {

    private final boolean serverSide;
    private Exchange exchange;
    private Connection connection;
    private boolean http;
    private boolean reused;
    private Stream stream;
    private boolean aborted;
    private int requests;
    private ProxyHeader header;
    private HeaderError headerError;
    private TlsFacts refused;
    /** What the connection said before a PROXY header or a rule about sessions, null where neither came. */
    private Address firstSource;
    private Address firstDestination;

    ConnectionView(boolean serverSide) {
        this.serverSide = serverSide;
    }

    void begin(Exchange next, Connection over, boolean speaksHttp) {
        exchange = next;
        connection = over;
        refused = null;
        http = speaksHttp;
        stream = null;
        aborted = false;
    }

    /** @param turn which request on its connection it is, from 1 */
    void stream(Stream of, int turn) {
        stream = of;
        requests = turn;
    }

    /** One more request on the same connection. */
    void another(Stream of) {
        stream(of, requests + 1);
    }

    /** The peer has put an end to the exchange. */
    void aborted() {
        aborted = true;
    }

    @Override
    public boolean isAborted() {
        return aborted;
    }

    /** No connection was made, and this is why. */
    void refusedTls(TlsFacts facts) {
        refused = facts;
    }

    /** What came before all else, or null. */
    void proxied(ProxyHeader said) {
        header = said;
    }

    void headerError(HeaderError error) {
        headerError = error;
    }

    /** The session has another view of the same connection. */
    void like(ConnectionView other) {
        header = other.header;
        firstSource = other.firstSource;
        firstDestination = other.firstDestination;
    }

    /** The addresses are about to be replaced. */
    void keepAddresses(Connection of) {
        if (firstSource == null) {
            firstSource = of.source();
            firstDestination = of.destination();
        }
    }

    void reused(boolean was) {
        reused = was;
    }

    Connection connection() {
        return connection;
    }

    @Override
    public Address source() {
        return serverSide ? exchange.outgoingAddress() : exchange.clientAddress();
    }

    @Override
    public Address destination() {
        return serverSide ? exchange.serverAddress() : exchange.frontendAddress();
    }

    @Override
    public Address originalSource() {
        return serverSide ? exchange.outgoingAddress() : firstSource != null ? firstSource : connection.source();
    }

    @Override
    public Address originalDestination() {
        return serverSide ? exchange.serverAddress() : firstDestination != null ? firstDestination
                : connection.destination();
    }

    @Override
    public boolean isLocal(Address address) {
        return LocalAddresses.contains(address);
    }

    @Override
    public int error() {
        return tls() != null && tls().fault() != null ? tls().fault().number() : headerError != null ? headerError.code()
                : serverSide && connection == null ? exchange.connectError() : 0;
    }

    @Override
    public TlsFacts tls() {
        return connection == null ? refused : connection.tls();
    }

    @Override
    public boolean receivedProxyHeader() {
        return header != null;
    }

    @Override
    public boolean isReused() {
        return reused;
    }

    @Override
    public long number(Number which) {
        return switch (which) {
            case HTTP_MAJOR -> http ? mux() == null ? 1 : 2 : NONE;
            // to a server the one that asks is one, though its answer may have come whole by now
            case STREAMS -> http ? mux() == null ? 1 : Math.max(serverSide ? 1 : 0, mux().streams()) : NONE;
            case STREAM_LIMIT -> http ? mux() == null ? 1 : mux().streamLimit() : NONE;
            case GLITCHES -> connection == null ? NONE : mux() == null ? 0 : mux().glitches();
            case STREAM_ID -> stream instanceof H2Stream numbered ? numbered.id() : http ? requests : 0;
            case RESET_CODE -> stream instanceof H2Stream numbered && numbered.resetCode() >= 0
                    ? numbered.resetCode() : NONE;
            default -> kernel(which);
        };
    }

    /** The engine of HTTP/2, where there is one. */
    private H2Mux mux() {
        return connection != null && connection.engine() instanceof H2Mux found ? found : null;
    }

    private long kernel(Number which) {
        long[] info = connection == null ? null : connection.tcpInfo();
        if (info == null) {
            return NONE;
        }
        return switch (which) {
            case RTT -> info[0];
            case RTT_VARIANCE -> info[1];
            case UNACKED -> info[2];
            case SACKED -> info[3];
            case LOST -> info[4];
            case RETRANSMITS -> info[5];
            case FACKETS -> info[6];
            case REORDERING -> info[7];
            default -> NONE;
        };
    }

    @Override
    public boolean proxyField(int type, int occurrence, Sample out) {
        byte[] value = header == null ? null : header.tlv(type, occurrence);
        if (value == null) {
            return false;
        }
        out.string(value);
        return true;
    }

    @Override
    public boolean savedSyn(Sample out) {
        byte[] packet = connection == null ? null : connection.savedSyn();
        if (packet == null) {
            return false;
        }
        out.binary(packet, 0, packet.length);
        return true;
    }
}
