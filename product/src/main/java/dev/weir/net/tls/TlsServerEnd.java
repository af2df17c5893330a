package dev.weir.net.tls;

import java.util.Objects;

/**
 * How connections to one server are encrypted. The context is another one when its certificate or its authorities are
 * replaced while running. Shared: the context is published as a whole.
 */
public final class TlsServerEnd {

    private final ContextBuilder builder;
    private final TlsTerms terms;
    private final String realm;
    private final String verifiedHost;
    private volatile CertificateFile file;
    private volatile TlsContext context;

    /**
     * @param terms what the line says; {@code verifyhost} is the name that its certificate must have instead of the one asked
     *     for, {@code no-ssl-reuse} keeps no sessions
     * @param file what it is shown, or null
     * @param realm whose sessions they are: no other server is offered them
     */
    public TlsServerEnd(ContextBuilder builder, TlsTerms terms, CertificateFile file, String realm) throws TlsError {
        this.builder = builder;
        this.terms = terms;
        this.file = file;
        this.realm = realm;
        this.verifiedHost = terms.get("verifyhost");
        this.context = builder.dialling(terms, file, realm);
    }

    /** Whether connections of the other are made as those of this one. */
    public boolean isAlike(TlsServerEnd other) {
        return context == other.context && Objects.equals(verifiedHost, other.verifiedHost);
    }

    /** Whether it lets servers choose HTTP/2. */
    public boolean offersHttp2() {
        return Alpn.offersHttp2(context.alpn());
    }

    TlsContext context() {
        return context;
    }

    CertificateFile file() {
        return file;
    }

    /** Whether that list of authorities or revocations holds for it. */
    boolean trusts(String path) {
        return ContextBuilder.trusts(terms, path);
    }

    /** The context of another certificate, for {@link #become}. */
    TlsContext with(CertificateFile next) throws TlsError {
        return builder.dialling(terms, next, realm);
    }

    /** Shows that to the server from now on. */
    void become(CertificateFile next, TlsContext made) {
        file = next;
        context = made;
    }

    String hostToVerify(String asked) {
        return "none".equals(terms.get("verify")) ? null : verifiedHost != null ? verifiedHost : asked;
    }

    /** Null where none are kept. */
    Sessions sessions() {
        return terms.has("no-ssl-reuse") ? null : context.sessions();
    }
}
