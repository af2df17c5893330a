package dev.weir.flow.expr;

/** What a fetch reads from, by the names that messages use, and where that exists: a letter per {@link Point}. */
public enum Need {
    NOTHING("constant", "YYYYYYYYYYYYYYYYYYYYYY"),
    INTERNAL("internal state", "YYYYYYYYYYYYYYYYYYYY.Y"),
    LISTENER("listener", "YYYYYYYYYYYYYYYYYYY..."),
    FRONTEND("frontend", "YYYYYYYYYYYYYYYYYYY..."),
    CLIENT_ADDRESS("client address", "YYYYYYYYYYYYYYYYYYYY.."),
    CLIENT_CONNECTION("client-side connection", ".YYYYYYYYYYYYYYYYYY..."),
    REQUEST_BUFFER("request buffer", "..YYYYYYYYY..........."),
    REQUEST_HEADERS("HTTP request headers", "..YYYYYYYYY..........."),
    REQUEST("HTTP request", "..YYYYYYYYYYYYYYYYY..."),
    BACKEND("backend", "......YYYYYYYYYYYYYY.."),
    SERVER("server", "..........YYYYYYYYYY.."),
    SERVER_ADDRESS("server address", "...........YYYYYYYYY.."),
    SERVER_CONNECTION("server-side connection", "...........YYYYYYYYY.."),
    RESPONSE_BUFFER("response buffer", "...........YYYYYYY.Y.."),
    RESPONSE_HEADERS("HTTP response headers", "...........YYYYYYY.Y.."),
    RESPONSE("HTTP response", "...........YYYYYYYYY..");

    private final String text;
    private final int points;

    Need(String text, String where) {
        this.text = text;
        int bits = 0;
        for (int i = 0; i < where.length(); i++) {
            if (where.charAt(i) == 'Y') {
                bits |= 1 << i;
            }
        }
        points = bits;
    }

    public String text() {
        return text;
    }

    /** Bits of the points where it exists. */
    int points() {
        return points;
    }

    /** Whether it is raw bytes of a buffer, which HTTP proxies do not have (configuration.txt 7.3.5). */
    public boolean isRaw() {
        return this == REQUEST_BUFFER || this == RESPONSE_BUFFER;
    }
}
