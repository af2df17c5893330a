package dev.weir.base.log;

/** The {@code format} of a {@code log} line: what stands before the message. */
public enum LogFraming {
    LOCAL, RFC3164, RFC5424, PRIORITY, SHORT, TIMED, ISO, RAW
}
