package dev.weir.admin.stats;

import dev.weir.model.server.Count;
import java.util.Locale;

/**
 * What parts of the process count, behind the fixed columns: by HAProxy's names and in its order. Which there are varies with
 * the build, as in HAProxy.
 */
public enum ModuleColumn {
    H2_HEADERS_RCVD("h2", Count.HTTP2_HEADERS_RECEIVED, "Total number of received HEADERS frames"),
    H2_DATA_RCVD("h2", Count.HTTP2_DATA_RECEIVED, "Total number of received DATA frames"),
    H2_SETTINGS_RCVD("h2", Count.HTTP2_SETTINGS_RECEIVED, "Total number of received SETTINGS frames"),
    H2_RST_STREAM_RCVD("h2", Count.HTTP2_RESET_RECEIVED, "Total number of received RST_STREAM frames"),
    H2_GOAWAY_RCVD("h2", Count.HTTP2_GOAWAY_RECEIVED, "Total number of received GOAWAY frames"),
    H2_DETECTED_CONN_PROTOCOL_ERRORS("h2", Count.HTTP2_CONNECTION_FAULTS, "Total number of connection protocol errors"),
    H2_DETECTED_STRM_PROTOCOL_ERRORS("h2", Count.HTTP2_STREAM_FAULTS, "Total number of stream protocol errors"),
    H2_RST_STREAM_RESP("h2", Count.HTTP2_RESET_SENT, "Total number of RST_STREAM sent on detected error"),
    H2_GOAWAY_RESP("h2", Count.HTTP2_GOAWAY_SENT, "Total number of GOAWAY sent on detected error"),
    H2_OPEN_CONNECTIONS("h2", null, "Count of currently open connections"),
    H2_BACKEND_OPEN_STREAMS("h2", null, "Count of currently open streams"),
    H2_TOTAL_CONNECTIONS("h2", null, "Total number of connections"),
    H2_BACKEND_TOTAL_STREAMS("h2", null, "Total number of streams"),
    SSL_SESS("ssl", Count.TLS_SESSIONS, "Total number of ssl sessions established"),
    SSL_REUSED_SESS("ssl", Count.TLS_RESUMED, "Total number of ssl sessions reused"),
    SSL_FAILED_HANDSHAKE("ssl", Count.TLS_FAILED, "Total number of failed handshake"),
    SSL_OCSP_STAPLE("ssl", null, "Total number of stapled OCSP responses"),
    SSL_FAILED_OCSP_STAPLE("ssl", null, "Total number of failed stapling"),
    H1_OPEN_CONNECTIONS("h1", null, "Count of currently open connections"),
    H1_OPEN_STREAMS("h1", null, "Count of currently open streams"),
    H1_TOTAL_CONNECTIONS("h1", null, "Total number of connections"),
    H1_TOTAL_STREAMS("h1", null, "Total number of streams"),
    H1_BYTES_IN("h1", null, "Total number of bytes received"),
    H1_BYTES_OUT("h1", null, "Total number of bytes send"),
    H1_SPLICED_BYTES_IN("h1", Count.SPLICED_IN, "Total number of bytes received using kernel splicing"),
    H1_SPLICED_BYTES_OUT("h1", Count.SPLICED_OUT, "Total number of bytes sendusing kernel splicing");

    private static final ModuleColumn[] ALL = values();

    private final String module;
    private final Count count;
    private final String title = name().toLowerCase(Locale.ROOT);
    private final String description;

    /** @param count the counter that it is, null where it is reckoned */
    ModuleColumn(String module, Count count, String description) {
        this.module = module;
        this.count = count;
        this.description = description;
    }

    /** All of them; not to be changed. */
    static ModuleColumn[] all() {
        return ALL;
    }

    public String module() {
        return module;
    }

    public String title() {
        return title;
    }

    public String description() {
        return description;
    }

    Count count() {
        return count;
    }

    /** Encryption is counted for everything, versions of HTTP for proxies. */
    boolean isFor(RowKind kind) {
        return kind == RowKind.FRONTEND || kind == RowKind.BACKEND || module.equals("ssl");
    }

    /** The number of its field in typed and JSON forms. */
    int position() {
        return Metric.all().length + ordinal();
    }

    String tags() {
        return isGauge() ? "MGPV" : "MCPV";
    }

    /** Whether it is what there is now and no counter. */
    public boolean isGauge() {
        return title.contains("_open_");
    }
}
