package dev.weir.wire.http;

import java.nio.charset.StandardCharsets;

/** The methods that mean something to a proxy; all others are {@link #OTHER}. Names are case sensitive. */
public enum Method {
    GET, HEAD, POST, PUT, DELETE, OPTIONS, TRACE, CONNECT, PATCH, PRI, OTHER;

    private static final Method[] ALL = values();

    private final byte[] text = name().getBytes(StandardCharsets.US_ASCII);

    /** The method whose name stands there. */
    public static Method of(byte[] area, int at, int length) {
        for (int i = 0; i < ALL.length - 1; i++) {
            byte[] text = ALL[i].text;
            // the second letter tells most of them apart
            if (text.length == length && text[1] == area[at + 1] && Octets.same(area, at, length, text)) {
                return ALL[i];
            }
        }
        return OTHER;
    }

    /** Whether HAProxy has a number for it. */
    public boolean isListed() {
        return compareTo(PATCH) < 0;
    }
}
