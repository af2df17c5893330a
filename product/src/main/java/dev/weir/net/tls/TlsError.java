package dev.weir.net.tls;

/** Something about TLS that cannot be as a configuration wants it; its message is for the user. */
public final class TlsError extends Exception {

    private static final long serialVersionUID = 1;

    public TlsError(String message) {
        super(message, null, false, false);
    }
}
