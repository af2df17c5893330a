package dev.weir.model.server;

/**
 * What traffic counts, for proxies, servers and listeners alike; each is one cell per worker. Which of them means
 * something where is the business of the statistics' own table.
 */
public enum Count {
    /** Connections accepted, or opened towards servers. */
    CONNECTIONS,
    /** Sessions (TCP) or requests (HTTP) begun. */
    SESSIONS,
    BYTES_IN,
    BYTES_OUT,
    DENIED_REQUESTS,
    DENIED_RESPONSES,
    FAILED_REQUESTS,
    FAILED_CONNECTS,
    FAILED_RESPONSES,
    RETRIES,
    REDISPATCHES,
    /** Times a server was chosen by the balancer. */
    CHOSEN,
    CLIENT_ABORTS,
    SERVER_ABORTS,
    DENIED_CONNECTIONS,
    DENIED_SESSIONS,
    FAILED_CHECKS,
    WENT_DOWN,
    /** Requests that went over a connection which had served others before. */
    REUSED,
    /** Requests that were answered here. */
    ANSWERED,
    /** Bytes of bodies that compressors have read and written. */
    COMPRESSOR_IN, COMPRESSOR_OUT,
    COMPRESSED_RESPONSES,
    /** Times a cache was asked, and could answer. */
    CACHE_LOOKUPS, CACHE_HITS, CACHE_HINT_HITS,
    /** Requests of HTTP. */
    REQUESTS,
    /** Of a frontend: connections and requests of HTTP/2. */
    HTTP2_SESSIONS, HTTP2_REQUESTS,
    /** Of a frontend: requests that are over. */
    ENDED_REQUESTS,
    /** What exchanges of HTTP/2 have carried to and from servers. */
    HTTP2_BYTES_IN, HTTP2_BYTES_OUT,
    /** Of a server: connections of HTTP/2 so far and those that are gone, streams likewise; of a frontend only the last. */
    HTTP2_CONNECTIONS, HTTP2_CLOSED, HTTP2_STREAMS, HTTP2_STREAMS_OVER,
    /** Frames and faults of HTTP/2 (net.mux.H2Event, in its order). */
    HTTP2_HEADERS_RECEIVED, HTTP2_DATA_RECEIVED, HTTP2_SETTINGS_RECEIVED, HTTP2_RESET_RECEIVED, HTTP2_GOAWAY_RECEIVED,
    HTTP2_CONNECTION_FAULTS, HTTP2_STREAM_FAULTS, HTTP2_RESET_SENT, HTTP2_GOAWAY_SENT,
    /** Handshakes that succeeded, those of them that went on with a session, those that failed. */
    TLS_SESSIONS, TLS_RESUMED, TLS_FAILED,
    /** Answers by the first digit of their status. */
    RESPONSES_1XX, RESPONSES_2XX, RESPONSES_3XX, RESPONSES_4XX, RESPONSES_5XX, RESPONSES_OTHER;

    private static final Count[] BY_DIGIT = {RESPONSES_1XX, RESPONSES_2XX, RESPONSES_3XX, RESPONSES_4XX, RESPONSES_5XX};

    /** What counts answers of that status. */
    public static Count ofStatus(int status) {
        return status >= 100 && status < 600 ? BY_DIGIT[status / 100 - 1] : RESPONSES_OTHER;
    }

    /** How many there are. */
    public static final int SIZE = values().length;
}
