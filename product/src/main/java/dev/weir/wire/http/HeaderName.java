package dev.weir.wire.http;

import java.nio.charset.StandardCharsets;

/** A header's name to look for or to add: lower case bytes and their hash. Immutable. */
public final class HeaderName {

    public static final HeaderName ACCEPT_ENCODING = of("accept-encoding");
    public static final HeaderName AGE = of("age");
    public static final HeaderName AUTHORIZATION = of("authorization");
    public static final HeaderName CACHE_CONTROL = of("cache-control");
    public static final HeaderName CONNECTION = of("connection");
    public static final HeaderName CONTENT_ENCODING = of("content-encoding");
    public static final HeaderName CONTENT_LENGTH = of("content-length");
    public static final HeaderName CONTENT_TYPE = of("content-type");
    public static final HeaderName COOKIE = of("cookie");
    public static final HeaderName DATE = of("date");
    public static final HeaderName EARLY_DATA = of("early-data");
    public static final HeaderName ETAG = of("etag");
    public static final HeaderName EXPECT = of("expect");
    public static final HeaderName FORWARDED = of("forwarded");
    public static final HeaderName HOST = of("host");
    public static final HeaderName IF_MODIFIED_SINCE = of("if-modified-since");
    public static final HeaderName IF_NONE_MATCH = of("if-none-match");
    public static final HeaderName KEEP_ALIVE = of("keep-alive");
    public static final HeaderName LAST_MODIFIED = of("last-modified");
    public static final HeaderName LOCATION = of("location");
    public static final HeaderName PROXY_AUTHENTICATE = of("proxy-authenticate");
    public static final HeaderName PROXY_AUTHORIZATION = of("proxy-authorization");
    public static final HeaderName PROXY_CONNECTION = of("proxy-connection");
    public static final HeaderName REFERER = of("referer");
    public static final HeaderName SEC_WEBSOCKET_ACCEPT = of("sec-websocket-accept");
    public static final HeaderName SEC_WEBSOCKET_KEY = of("sec-websocket-key");
    public static final HeaderName SEC_WEBSOCKET_VERSION = of("sec-websocket-version");
    public static final HeaderName SERVER = of("server");
    public static final HeaderName SET_COOKIE = of("set-cookie");
    public static final HeaderName TE = of("te");
    public static final HeaderName TRAILER = of("trailer");
    public static final HeaderName TRANSFER_ENCODING = of("transfer-encoding");
    public static final HeaderName UPGRADE = of("upgrade");
    public static final HeaderName USER_AGENT = of("user-agent");
    public static final HeaderName VARY = of("vary");
    public static final HeaderName WWW_AUTHENTICATE = of("www-authenticate");
    public static final HeaderName X_FORWARDED_FOR = of("x-forwarded-for");
    public static final HeaderName X_ORIGINAL_TO = of("x-original-to");

    final byte[] bytes;
    final int hash;

    private HeaderName(byte[] bytes, int hash) {
        this.bytes = bytes;
        this.hash = hash;
    }

    /** From its text in any case. */
    public static HeaderName of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int hash = 0;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Octets.lower(bytes[i]);
            hash = Octets.hash(hash, bytes[i]);
        }
        return new HeaderName(bytes, hash);
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
