package dev.weir.it.rig;

/**
 * Parts of Weir that black-box cases need. A case names the parts that it needs, and is skipped on Weir, with that name,
 * as long as one is marked as missing here; on HAProxy it runs always.
 */
public enum Part {
    /** {@code boot.Start}: reading the files, listening, relaying. */
    START(true),
    /** Messages about configuration errors and warnings. */
    DIAGNOSTICS(true),
    /** {@code log} lines of sessions. */
    LOGS(true),
    /** PROXY protocol in and out. */
    PROXY_PROTOCOL(true),
    /** {@code fd@}, {@code unix@}, {@code abns@}. */
    SOCKETS(true),
    /** {@code check} on a server line. */
    CHECKS(true),
    /** {@code resolvers}. */
    RESOLVERS(true),
    /** The statistics page and {@code monitor-uri}. */
    STATISTICS(true);

    private final boolean built;

    Part(boolean built) {
        this.built = built;
    }

    public boolean isBuilt() {
        return built;
    }
}
