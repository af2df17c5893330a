package dev.weir.wire.h1;

/**
 * What a reader of HTTP/1 accepts. Immutable.
 *
 * @param maxHead bytes that a head, or the trailers, may have
 * @param room what its texts may have, {@link #EACH} bytes counted with each header ({@code tune.maxrewrite})
 * @param maxHeaders {@code tune.http.maxhdr}: as many headers are one too many
 * @param lenient {@code option accept-unsafe-violations-in-http-request} or {@code -response}
 * @param anyBody {@code h1-accept-payload-with-any-method}
 * @param keepInsecure {@code h1-do-not-close-on-insecure-transfer-encoding}
 */
public record H1Limits(int maxHead, int room, int maxHeaders, boolean lenient, boolean anyBody, boolean keepInsecure) {

    /** What HAProxy needs for a header beside its texts. */
    static final int EACH = 8;
    /** What it needs for a start line and the end of a head. */
    private static final int FRAME = 85;


    /** The same for peers whose violations are to be borne with. */
    public H1Limits relaxed() {
        return new H1Limits(maxHead, room, maxHeaders, true, anyBody, keepInsecure);
    }

    public H1Limits(int maxHead, int maxHeaders, boolean lenient) {
        this(maxHead, maxHead, maxHeaders, lenient, false, false);
    }

    /** What is left for texts in a buffer of which so much is kept free for rules that add headers. */
    public static int room(int buffer, int reserve) {
        return Math.max(0, buffer - Math.min(reserve, buffer / 2) - FRAME);
    }
}
