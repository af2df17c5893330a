package dev.weir.wire.h1;

/**
 * What can be wrong with a message, and the status that says so when it is a request. For an answer it is always a bad
 * gateway. Immutable.
 */
public enum H1Error {
    METHOD(400), TARGET(400), VERSION(400), LINE_END(400), HEADER_NAME(400), HEADER_VALUE(400), TOO_MANY_HEADERS(400),
    HOST(400), CONTENT_LENGTH(400), TRANSFER_ENCODING(400),
    /** A websocket handshake without a key, or an answer to one that does not prove that it was understood. */
    WEBSOCKET(400),
    /** The size or the end of a chunk. */
    CHUNK(400),
    /** The headers behind a body in chunks. */
    TRAILERS(400),
    /** An answer's status. */
    STATUS(400),
    /** A change of protocol that nobody asked for. */
    UPGRADE(400),
    /** The peer ended its direction within the head. */
    CUT(400),
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
