package dev.weir.net.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Protocol names as TLS sends them: each behind its length. Stateless.
 */
public final class Alpn {

    public static final byte[] NONE = new byte[0];

    private Alpn() {}

    /** Whether that is what both sides agreed on; null for nothing. */
    public static boolean isHttp2(byte[] agreed) {
        return agreed != null && agreed.length == 2 && agreed[0] == 'h' && agreed[1] == '2';
    }

    /** Whether it is in a list as it is sent. */
    static boolean offersHttp2(byte[] list) {
        for (int at = 0; at < list.length; at += list[at] + 1) {
            if (list[at] == 2 && list[at + 1] == 'h' && list[at + 2] == '2') {
                return true;
            }
        }
        return false;
    }

    /** The list as it is sent; null when a name in it has no or too many letters. */
    public static byte[] wire(String list) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String protocol : list.split(",", -1)) {
            if (protocol.isEmpty() || protocol.length() > 127) {
                return null;
            }
            out.write(protocol.length());
            out.writeBytes(protocol.getBytes(StandardCharsets.ISO_8859_1));
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
