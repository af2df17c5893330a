package dev.weir.net.tls;

/** Why a handshake or an encrypted connection failed, with its number in configuration.txt's table at fc_err_str. */
public enum TlsFault {
    EMPTY(24, "Connection closed during SSL handshake"),
    ABORT(25, "Connection error during SSL handshake"),
    TIMEOUT(26, "Timeout during SSL handshake"),
    TOO_MANY(27, "Too many SSL connections"),
    CA_FAIL(30, "SSL client CA chain cannot be verified"),
    CRT_FAIL(31, "SSL client certificate not trusted"),
    MISMATCH(32, "Server presented an SSL certificate different from the configured one"),
    MISMATCH_SNI(33, "Server presented an SSL certificate different from the expected one"),
    HANDSHAKE(34, "SSL handshake failure");

    private final int number;
    private final String text;

    TlsFault(int number, String text) {
        this.number = number;
        this.text = text;
    }

    public int number() {
        return number;
    }

    public String text() {
        return text;
    }
}
