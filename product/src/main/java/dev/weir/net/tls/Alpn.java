package dev.weir.net.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Protocol names as TLS sends them: each behind its length. The one place that says which protocols are spoken: what is
 * not is not offered. Stateless.
 */
public final class Alpn {

    public static final byte[] NONE = new byte[0];

    private Alpn() {}

    /** Whether there is an engine for it. */
    private static boolean isSpoken(String protocol) {
        return !protocol.equals("h2");
    }

    /** The list as it is sent; null when a name in it has no or too many letters. */
    public static byte[] wire(String list) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String protocol : list.split(",", -1)) {
            if (protocol.isEmpty() || protocol.length() > 127) {
                return null;
            } else if (isSpoken(protocol)) {
                out.write(protocol.length());
                out.writeBytes(protocol.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return out.toByteArray();
    }

    static boolean isSame(byte[] one, int at, byte[] other, int otherAt) {
        int length = one[at];
        if (length != other[otherAt] || otherAt + length >= other.length) {
            return false;
        }
        for (int i = 1; i <= length; i++) {
            if (one[at + i] != other[otherAt + i]) {
                return false;
            }
        }
        return true;
    }
}
