package dev.weir.net.tls;

/**
 * The library's SSL_CTX with what its connections ask of us. Immutable once it is made; shared by all workers. The
 * library's part is freed with it, or once connections that were begun with it have gone, whichever is later.
 */
public final class TlsContext {

    private final long pointer;
    private final CertificateFile file;
    private final byte[] alpn;
    private final TicketKeys tickets;
    private final boolean asksForCertificate;
    private final ErrorSet ignoredOfAuthorities;
    private final ErrorSet ignoredOfCertificates;
    private final int maxRecord;
    private final boolean earlyData;
    private final TlsCounters counters;
    private final Sessions sessions;
    private volatile boolean retired;
    private final java.lang.ref.Cleaner.Cleanable release;

    TlsContext(long pointer, CertificateFile file, byte[] alpn, TicketKeys tickets, boolean asksForCertificate,
            ErrorSet ignoredOfAuthorities, ErrorSet ignoredOfCertificates, int maxRecord, boolean earlyData, TlsCounters counters) {
        this.pointer = pointer;
        this.file = file;
        this.alpn = alpn;
        this.tickets = tickets;
        this.asksForCertificate = asksForCertificate;
        this.ignoredOfAuthorities = ignoredOfAuthorities;
        this.ignoredOfCertificates = ignoredOfCertificates;
        this.maxRecord = maxRecord;
        this.earlyData = earlyData;
        this.counters = counters;
        sessions = counters == TlsCounters.BACK ? new Sessions() : null;
        release = Native.ownContext(this, pointer, sessions);
    }

    /** Nobody begins a connection with it any more: it need not wait for the collector. */
    public void retire() {
        retired = true;
        release.clean();
    }

    boolean isRetired() {
        return retired;
    }

    /** Those that servers gave; null on the accepting side. */
    Sessions sessions() {
        return sessions;
    }

    long pointer() {
        return pointer;
    }

    CertificateFile file() {
        return file;
    }

    CertificateView certificate() {
        return file == null ? null : file.view();
    }

    String name() {
        return file == null ? null : file.name();
    }

    String keyName() {
        return file.keyName();
    }

    byte[] alpn() {
        return alpn;
    }

    TicketKeys ticketKeys() {
        return tickets;
    }

    byte[] stapled() {
        return file == null ? null : file.stapled();
    }

    boolean asksForCertificate() {
        return asksForCertificate;
    }

    boolean ignoresAuthority(int error) {
        return ignoredOfAuthorities.contains(error);
    }

    boolean ignoresCertificate(int error) {
        return ignoredOfCertificates.contains(error);
    }

    /** Whether clients may send text along with their hello. */
    boolean takesEarlyData() {
        return earlyData;
    }

    int maxRecord() {
        return maxRecord;
    }

    void count(boolean resumed) {
        counters.established(resumed);
    }

    /** Look-ups in its cache of sessions: those that found one, and those that did not. */
    long cacheHits() {
        return OpenSsl.call("SSL_CTX_ctrl", pointer, SslControl.SESSION_HITS, 0, 0);
    }

    long cacheMisses() {
        return OpenSsl.call("SSL_CTX_ctrl", pointer, SslControl.SESSION_MISSES, 0, 0);
    }
}
