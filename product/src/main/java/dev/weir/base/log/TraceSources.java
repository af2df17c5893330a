package dev.weir.base.log;

import static dev.weir.base.log.TraceLevel.DATA;
import static dev.weir.base.log.TraceLevel.ERROR;
import static dev.weir.base.log.TraceLevel.PROTO;
import static dev.weir.base.log.TraceLevel.STATE;
import static dev.weir.base.log.TraceLevel.USER;

import dev.weir.base.log.TraceSource.Event;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The sources of traces that there are, and the numbers of their events. Immutable. */
public final class TraceSources {

    /** Events of {@link #H2}; the first nine in the order in which engines of HTTP/2 tell of them. */
    public static final int H2_CONNECTION_NEW = 9;
    public static final int H2_CONNECTION_END = 10;
    public static final int H2_STREAM_NEW = 11;
    public static final int H2_STREAM_END = 12;
    /** Events of {@link #H1}. */
    public static final int H1_CONNECTION_NEW = 0;
    public static final int H1_CONNECTION_END = 1;
    public static final int H1_REQUEST = 2;
    public static final int H1_ANSWER = 3;
    /** Events of {@link #STREAM}. */
    public static final int STREAM_NEW = 0;
    public static final int STREAM_END = 1;
    public static final int STREAM_ERROR = 2;
    public static final int STREAM_REQUEST = 3;
    public static final int STREAM_ANSWER = 4;
    /** Events of {@link #CHECK}. */
    public static final int CHECK_START = 0;
    public static final int CHECK_END = 1;
    public static final int CHECK_SUCCESS = 2;
    public static final int CHECK_FAILURE = 3;
    /** Events of {@link #SSL}. */
    public static final int SSL_AGREED = 0;
    public static final int SSL_REFUSED = 1;
    /** Events of {@link #SESSION}. */
    public static final int SESSION_NEW = 0;
    public static final int SESSION_END = 1;

    private static final Set<TraceLock> TRAFFIC = EnumSet.of(TraceLock.BACKEND, TraceLock.CONNECTION, TraceLock.FRONTEND,
            TraceLock.LISTENER, TraceLock.NOTHING, TraceLock.SERVER, TraceLock.SESSION, TraceLock.STREAM, TraceLock.THREAD);
    private static final Set<TraceLock> CLIENTS = EnumSet.of(TraceLock.CONNECTION, TraceLock.FRONTEND, TraceLock.LISTENER,
            TraceLock.NOTHING, TraceLock.SESSION, TraceLock.THREAD);
    private static final Set<TraceLock> CHECKS = EnumSet.of(TraceLock.CHECK, TraceLock.NOTHING, TraceLock.SERVER,
            TraceLock.THREAD);
    private static final Set<TraceLock> NO_MORE = EnumSet.of(TraceLock.NOTHING);

    public static final TraceSource H2 = new TraceSource("h2", "HTTP/2 multiplexer", TRAFFIC, List.of(
            new Event("rx_hdr", "receipt of H2 HEADERS frame", PROTO), new Event("rx_data", "receipt of H2 DATA frame", DATA),
            new Event("rx_settings", "receipt of H2 SETTINGS frame", PROTO),
            new Event("rx_rst", "receipt of H2 RST_STREAM frame", PROTO),
            new Event("rx_goaway", "receipt of H2 GOAWAY frame", PROTO),
            new Event("h2c_err", "error on H2 connection", ERROR), new Event("h2s_err", "error on H2 stream", ERROR),
            new Event("tx_rst", "transmission of H2 RST_STREAM frame", PROTO),
            new Event("tx_goaway", "transmission of H2 GOAWAY frame", PROTO),
            new Event("h2c_new", "new H2 connection", STATE), new Event("h2c_end", "H2 connection terminated", STATE),
            new Event("h2s_new", "new H2 stream", USER), new Event("h2s_end", "H2 stream terminated", STATE)));
    public static final TraceSource SSL = new TraceSource("ssl", "SSL/TLS layer", CLIENTS, List.of(
            new Event("sslc_hndshk", "SSL handshake", USER), new Event("sslc_hndshk_err", "error during SSL handshake", ERROR)));
    public static final TraceSource H1 = new TraceSource("h1", "HTTP/1 multiplexer", TRAFFIC, List.of(
            new Event("h1c_new", "new H1 connection", STATE), new Event("h1c_end", "H1 connection terminated", STATE),
            new Event("rx_headers", "receipt of H1 headers", USER),
            new Event("tx_headers", "transmission of all headers", USER)));
    public static final TraceSource STREAM = new TraceSource("stream", "Applicative stream", TRAFFIC, List.of(
            new Event("strm_new", "new stream", USER), new Event("strm_free", "release stream", USER),
            new Event("strm_err", "error during stream processing", ERROR), new Event("http_req", "request to be analysed", STATE),
            new Event("http_res", "response to be analysed", STATE)));
    public static final TraceSource CHECK = new TraceSource("check", "Health-check", CHECKS, List.of(
            new Event("hchck_start", "Health-check started", USER), new Event("hchck_end", "Health-check terminated", USER),
            new Event("hchck_succ", "Health-check success", STATE), new Event("hchck_err", "Health-check failure", ERROR)));
    public static final TraceSource SESSION = new TraceSource("session", "client session management", CLIENTS, List.of(
            new Event("sess_new", "new session creation", USER), new Event("sess_end", "session termination", USER)));

    /** All of them; those without events are known by name only. */
    public static final List<TraceSource> ALL = List.of(H2, SSL, H1, STREAM,
            new TraceSource("peers", "Peers protocol", NO_MORE, List.of()), CHECK,
            new TraceSource("applet", "Applet endpoint", NO_MORE, List.of()),
            new TraceSource("pt", "Passthrough multiplexer", NO_MORE, List.of()), SESSION);

    private static final int BUFFER_BYTES = 1 << 20;

    /** The ring that is there without any file asking for it; made when it is first wanted. */
    private static final class Buffer {
        static final LogRing RING = new LogRing(BUFFER_BYTES, false);
    }

    private TraceSources() {}

    /** The ring {@code buf0}. */
    public static LogRing buffer() {
        return Buffer.RING;
    }

    /** Null when there is none of that name. */
    public static TraceSource named(String name) {
        for (TraceSource each : ALL) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }
}
