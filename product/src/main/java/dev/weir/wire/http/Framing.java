package dev.weir.wire.http;

/** How the end of a message's body is known. */
public enum Framing {
    /** There is no body, whatever the headers say. */
    NONE,
    /** A number of bytes that the head tells. */
    LENGTH,
    /** In pieces with a last one, and perhaps trailers behind it. */
    CHUNKED,
    /** All that comes until the connection ends. */
    UNTIL_CLOSE
}
