package dev.weir.bench;

import java.io.IOException;

/** A kind of traffic. */
enum Workload {
    SMALL("small", "TCP mode: small requests, 64 keep-alive connections", Way.TCP, Kind.PLAIN, 64, 128),
    BODY_1M("body1m", "TCP mode: 1 MB answers, 8 keep-alive connections", Way.TCP, Kind.PLAIN, 8, 1 << 20),
    CONNECT("connect", "TCP mode: a connection for each small request, 32 at a time", Way.TCP, Kind.ONCE, 32, 128),
    HTTP("http", "HTTP/1: small requests, 64 keep-alive connections", Way.HTTP, Kind.PLAIN, 64, 128),
    HTTP_64K("http64k", "HTTP/1: 64 kB answers, 32 keep-alive connections", Way.HTTP, Kind.PLAIN, 32, 1 << 16),
    HTTP_1M("http1m", "HTTP/1: 1 MB answers, 8 keep-alive connections", Way.HTTP, Kind.PLAIN, 8, 1 << 20),
    HTTP_ONCE("httponce", "HTTP/1: a connection for each small request, 32 at a time", Way.HTTP, Kind.ONCE, 32, 128),
    RULES("rules", "HTTP/1: small requests through 20 ACLs, 10 header edits, a map and a log line to UDP", Way.RULES,
            Kind.PLAIN, 64, 128),
    RULES_64K("rules64k", "HTTP/1: 64 kB answers through the same rules", Way.RULES, Kind.PLAIN, 32, 1 << 16),
    STICK("stick", "HTTP/1: small requests that are looked up in a stick table and stored there", Way.STICK, Kind.PLAIN,
            64, 128),
    TLS("tls", "HTTP/1 over TLS: small requests, 64 keep-alive connections", Way.TLS, Kind.H1_TOOL, 64, 128),
    TLS_64K("tls64k", "HTTP/1 over TLS: 64 kB answers, 32 keep-alive connections", Way.TLS, Kind.H1_TOOL, 32, 1 << 16),
    FULL_RSA("fullrsa", "TLS 1.3: whole handshakes, RSA of 2,048 bits, one at a time", Way.TLS, Kind.HANDSHAKE, 1, 128),
    FULL_EC("fullec", "TLS 1.3: whole handshakes, P-256, one at a time", Way.TLS_EC, Kind.HANDSHAKE, 1, 128),
    RESUMED("resumed", "TLS 1.3: resumed handshakes, RSA of 2,048 bits, one at a time", Way.TLS, Kind.RESUMED, 1, 128),
    H2("h2", "HTTP/2 over TLS, HTTP/1 behind: small requests, 16 connections of 10 streams", Way.TLS, Kind.H2_TOOL, 16, 128),
    H2_H2("h2h2", "HTTP/2 over TLS, HTTP/2 behind: small requests, 16 connections of 10 streams", Way.H2_H2, Kind.H2_TOOL,
            16, 128),
    WEBSOCKET("websocket", "Websockets: 64 echo frames of 128 bytes", Way.HTTP, Kind.WEBSOCKET, 64, 128),
    GZIP("gzip", "HTTP/1: 64 kB answers of text, compressed", Way.GZIP, Kind.GZIP_TOOL, 32, 1 << 16);

    /** Who makes the traffic, and how. */
    enum Kind { PLAIN, ONCE, WEBSOCKET, H1_TOOL, H2_TOOL, GZIP_TOOL, HANDSHAKE, RESUMED }

    private final String id;
    private final String title;
    private final Way way;
    private final Kind kind;
    private final int connections;
    private final long answerBytes;

    Workload(String id, String title, Way way, Kind kind, int connections, long answerBytes) {
        this.id = id;
        this.title = title;
        this.way = way;
        this.kind = kind;
        this.connections = connections;
        this.answerBytes = answerBytes;
    }

    Drive drive(int port) throws IOException {
        return switch (kind) {
            case PLAIN, ONCE, WEBSOCKET -> new Load(this, port);
            case H1_TOOL, H2_TOOL, GZIP_TOOL -> new H2Load(this, port);
            case HANDSHAKE, RESUMED -> new Handshakes(kind == Kind.RESUMED, port);
        };
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

    Kind kind() {
        return kind;
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
}
