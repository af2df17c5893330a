package dev.weir.bench;

/** A kind of traffic. */
enum Workload {
    SMALL("small", "TCP mode: small requests, 64 keep-alive connections", Way.TCP, 64, 128, true),
    BODY_1M("body1m", "TCP mode: 1 MB answers, 8 keep-alive connections", Way.TCP, 8, 1 << 20, true),
    CONNECT("connect", "TCP mode: a connection for each small request, 32 at a time", Way.TCP, 32, 128, false),
    HTTP("http", "HTTP/1: small requests, 64 keep-alive connections", Way.HTTP, 64, 128, true),
    HTTP_64K("http64k", "HTTP/1: 64 kB answers, 32 keep-alive connections", Way.HTTP, 32, 1 << 16, true),
    HTTP_1M("http1m", "HTTP/1: 1 MB answers, 8 keep-alive connections", Way.HTTP, 8, 1 << 20, true),
    RULES("rules", "HTTP/1: small requests through 20 ACLs, 10 header edits, a map and a log line to UDP", Way.RULES, 64,
            128, true),
    RULES_64K("rules64k", "HTTP/1: 64 kB answers through the same rules", Way.RULES, 32, 1 << 16, true),
    STICK("stick", "HTTP/1: small requests that are looked up in a stick table and stored there", Way.STICK, 64, 128, true);

    /** Which listener of the proxy it goes to. */
    enum Way {
        TCP, HTTP, RULES, STICK;

        boolean isHttp() {
            return this != TCP;
        }
    }

    private final String id;
    private final String title;
    private final Way way;
    private final int connections;
    private final long answerBytes;
    private final boolean keepAlive;

    Workload(String id, String title, Way way, int connections, long answerBytes, boolean keepAlive) {
        this.id = id;
        this.title = title;
        this.way = way;
        this.connections = connections;
        this.answerBytes = answerBytes;
        this.keepAlive = keepAlive;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    Way way() {
        return way;
    }

    /** Whether what counts is a megabyte, not a request. */
    boolean isBulk() {
        return answerBytes >= 1 << 20;
    }

    int connections() {
        return connections;
    }

    long answerBytes() {
        return answerBytes;
    }

    boolean keepAlive() {
        return keepAlive;
    }
}
