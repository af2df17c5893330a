package dev.weir.wire.h1;

/** What can be wrong with the head of a request, and the status that says so. Immutable. */
public enum H1Error {
    METHOD(400), TARGET(400), VERSION(400), LINE_END(400), HEADER_NAME(400), HEADER_VALUE(400), TOO_MANY_HEADERS(400),
    HOST(400), CONTENT_LENGTH(400), TRANSFER_ENCODING(400),
    /** The HTTP/2 preface where HTTP/1 is spoken. */
    PREFACE(405),
    /** A body with a method of HTTP/1.0 that has none. */
    BODY_NOT_ALLOWED(413),
    TARGET_TOO_LONG(414),
    /** A transfer coding other than chunked. */
    UNKNOWN_CODING(422),
    HEAD_TOO_LARGE(431);

    private final int status;

    H1Error(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
