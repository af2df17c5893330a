package dev.weir.upkeep.ocsp;

import dev.weir.net.tls.OcspQuery;

/** One certificate of which the authority is asked, and how that went so far. Owned by the Conductor. */
public final class OcspEntry {

    private final String path;
    private final OcspQuery query;
    private long nextMs;
    private long lastMs;
    private int successes;
    private int failures;
    private int failuresInRow;
    private OcspStatus status = OcspStatus.UNKNOWN;

    OcspEntry(String path, OcspQuery query, long nextMs) {
        this.path = path;
        this.query = query;
        this.nextMs = nextMs;
    }

    /** The same question under another configuration. */
    OcspEntry(String path, OcspQuery query, OcspEntry before) {
        this(path, query, before.nextMs);
        lastMs = before.lastMs;
        successes = before.successes;
        failures = before.failures;
        failuresInRow = before.failuresInRow;
        status = before.status;
    }

    /** The file of the first certificate that it is about. */
    public String path() {
        return path;
    }

    OcspQuery query() {
        return query;
    }

    /** What the certificate is called in answers. */
    public byte[] key() {
        return query.key();
    }

    /** When it is due, in milliseconds since 1970. */
    public long nextMs() {
        return nextMs;
    }

    /** When it last succeeded, 0 for never. */
    public long lastMs() {
        return lastMs;
    }

    public int successes() {
        return successes;
    }

    public int failures() {
        return failures;
    }

    public OcspStatus status() {
        return status;
    }

    void succeeded(long nowMs, long dueMs) {
        status = OcspStatus.SUCCESS;
        lastMs = nowMs;
        nextMs = dueMs;
        successes++;
        failuresInRow = 0;
    }

    /** The time doubles with each failure. */
    void failed(OcspStatus why, long nowMs, OcspTerms terms) {
        status = why;
        failures++;
        long seconds = Math.min(terms.mostSeconds(), (long) terms.leastSeconds() << Math.min(failuresInRow++, 10));
        nextMs = nowMs + seconds * 1000;
    }
}
