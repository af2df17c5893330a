package dev.weir.admin.stats;

/**
 * What parts of the process count of frontends, behind the fixed columns: those of HAProxy's that are counted here, in its
 * order and by its names. Which there are varies with the build, as in HAProxy.
 */
public enum ModuleColumn {
    SSL_SESS("ssl", "Total number of ssl sessions established"),
    SSL_REUSED_SESS("ssl", "Total number of ssl sessions reused"),
    SSL_FAILED_HANDSHAKE("ssl", "Total number of failed handshake"),
    H2_OPEN_CONNECTIONS("h2", "Count of currently open connections"),
    H2_TOTAL_CONNECTIONS("h2", "Total number of connections"),
    H1_OPEN_CONNECTIONS("h1", "Count of currently open connections"),
    H1_TOTAL_CONNECTIONS("h1", "Total number of connections"),
    H1_TOTAL_STREAMS("h1", "Total number of streams");

    private final String module;
    private final String description;

    ModuleColumn(String module, String description) {
        this.module = module;
        this.description = description;
    }

    public String module() {
        return module;
    }

    public String title() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public String description() {
        return description;
    }

    /** Whether it is what there is now and no counter. */
    public boolean isGauge() {
        return this == H2_OPEN_CONNECTIONS || this == H1_OPEN_CONNECTIONS;
    }
}
