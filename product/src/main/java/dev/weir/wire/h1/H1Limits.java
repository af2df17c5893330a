package dev.weir.wire.h1;

/**
 * What a reader of HTTP/1 accepts. Immutable.
 *
 * @param maxHead bytes that a head, or the trailers, may have
 * @param maxHeaders {@code tune.http.maxhdr}: as many headers are one too many
 * @param lenient {@code option accept-unsafe-violations-in-http-request} or {@code -response}
 * @param anyBody {@code h1-accept-payload-with-any-method}
 * @param keepInsecure {@code h1-do-not-close-on-insecure-transfer-encoding}
 */
public record H1Limits(int maxHead, int maxHeaders, boolean lenient, boolean anyBody, boolean keepInsecure) {

    /** The same for peers whose violations are to be borne with. */
    public H1Limits relaxed() {
        return new H1Limits(maxHead, maxHeaders, true, anyBody, keepInsecure);
    }

    public H1Limits(int maxHead, int maxHeaders, boolean lenient) {
        this(maxHead, maxHeaders, lenient, false, false);
    }
}
