package dev.weir.flow.expr;

/** The parts of a request line that log formats can name. */
public enum RequestPart {
    /** All of it. */
    LINE,
    METHOD,
    /** The target as the client wrote it. */
    TARGET,
    TARGET_WITHOUT_QUERY,
    PATH,
    /** With its question mark. */
    QUERY,
    VERSION
}
