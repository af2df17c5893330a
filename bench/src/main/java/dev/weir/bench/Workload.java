package dev.weir.bench;

/** A kind of traffic in TCP mode. */
enum Workload {
    SMALL("small", "small requests, 64 keep-alive connections", 64, 128, true),
    BODY_1M("body1m", "1 MB answers, 8 keep-alive connections", 8, 1 << 20, true),
    CONNECT("connect", "a connection for each small request, 32 at a time", 32, 128, false);

    private final String id;
    private final String title;
    private final int connections;
    private final long answerBytes;
    private final boolean keepAlive;

    Workload(String id, String title, int connections, long answerBytes, boolean keepAlive) {
        this.id = id;
        this.title = title;
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
