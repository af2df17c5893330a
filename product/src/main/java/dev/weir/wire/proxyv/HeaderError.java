package dev.weir.wire.proxyv;

/**
 * Why a connection's leading header was not accepted: the codes and texts that logs and {@code fc_err} show
 * (configuration.txt, the table of fc_err). Immutable.
 */
public enum HeaderError {
    PRX_EMPTY(11, "Connection closed while waiting for PROXY protocol header"),
    PRX_ABORT(12, "Connection error while waiting for PROXY protocol header"),
    PRX_TIMEOUT(13, "Timeout while waiting for PROXY protocol header"),
    PRX_TRUNCATED(14, "Truncated PROXY protocol header received"),
    PRX_NOT_HDR(15, "Received something which does not look like a PROXY protocol header"),
    PRX_BAD_HDR(16, "Received an invalid PROXY protocol header"),
    PRX_BAD_PROTO(17, "Received an unhandled protocol in the PROXY protocol header"),
    CIP_EMPTY(18, "Connection closed while waiting for NetScaler Client IP header"),
    CIP_ABORT(19, "Connection error while waiting for NetScaler Client IP header"),
    CIP_TIMEOUT(20, "Timeout while waiting for a NetScaler Client IP header"),
    CIP_TRUNCATED(21, "Truncated NetScaler Client IP header received"),
    CIP_BAD_MAGIC(22, "Received an invalid NetScaler Client IP magic number"),
    CIP_BAD_PROTO(23, "Received an unhandled protocol in the NetScaler Client IP header"),
    SOCKS4_SEND(39, "SOCKS4 Proxy write error during handshake"),
    SOCKS4_RECV(40, "SOCKS4 Proxy read error during handshake"),
    SOCKS4_DENY(41, "SOCKS4 Proxy deny the request"),
    SOCKS4_ABORT(42, "SOCKS4 Proxy handshake aborted by server");

    private final int code;
    private final String text;

    HeaderError(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    public String text() {
        return text;
    }
}
