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
    CACHE_LOOKUPS, CACHE_HITS,
    /** Requests of HTTP. */
    REQUESTS,
    /** Of a frontend: connections and requests of HTTP/2. */
    HTTP2_SESSIONS, HTTP2_REQUESTS,
    /** Of a frontend: handshakes that succeeded, those of them that went on with a session, those that failed. */
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
