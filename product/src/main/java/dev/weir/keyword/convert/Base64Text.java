package dev.weir.keyword.convert;

import dev.weir.model.value.Area;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Base64 in its two alphabets, as strict as HAProxy: padding to multiples of four in the one, none in the other. */
final class Base64Text {

    /** The alphabet of RFC 4648 section 4. */
    static final byte[] STANDARD = table("+/");
    /** That of section 5, for URLs. */
    static final byte[] URL = table("-_");

    private static final byte[] STANDARD_LETTERS = letters("+/");
    private static final byte[] URL_LETTERS = letters("-_");

    private Base64Text() {}

    private static byte[] letters(String last) {
        return ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] table(String last) {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        byte[] letters = letters(last);
        for (int i = 0; i < letters.length; i++) {
            values[letters[i]] = (byte) i;
        }
        return values;
    }

    /** False for what is no base64; bits that fill up the last byte may be anything. */
    static boolean decode(byte[] text, int at, int length, byte[] alphabet, Area out) {
        boolean padded = alphabet == STANDARD;
        if (padded ? length % 4 != 0 : length % 4 == 1) {
            return false;
        }
        int bits = 0;
        int count = 0;
        int padding = 0;
        int end = at + length;
        // padding has no place in this alphabet, but what some senders add does no harm
        while (!padded && length % 4 == 0 && end > at && end > at + length - 2 && text[end - 1] == '=') {
            end--;
        }
        for (int i = at; i < end; i++) {
            int value = alphabet[text[i] & 0xff];
            if (text[i] == '=' && padded && count > 1) {
                padding++;
                value = 0;
            } else if (value < 0 || padding > 0) {
                return false;
            }
            bits = bits << 6 | value;
            if (++count == 4) {
                // blocks that were encoded apart may follow each other
                putBytes(out, bits, 3 - padding);
                bits = 0;
                count = 0;
                padding = 0;
            }
        }
        if (count > 0) {
            putBytes(out, bits << 6 * (4 - count), count - 1);
        }
        return !out.overflowed();
    }

    private static void putBytes(Area out, int bits, int count) {
        for (int i = 0; i < count; i++) {
            out.put(bits >> 16 - 8 * i);
        }
    }

    static void encode(byte[] data, int at, int length, boolean url, Area out) {
        byte[] letters = url ? URL_LETTERS : STANDARD_LETTERS;
        int end = at + length;
        for (int i = at; i < end; i += 3) {
            int rest = end - i;
            int bits = (data[i] & 0xff) << 16 | (rest > 1 ? (data[i + 1] & 0xff) << 8 : 0)
                    | (rest > 2 ? data[i + 2] & 0xff : 0);
            out.put(letters[bits >> 18]).put(letters[bits >> 12 & 63]);
            if (rest > 1) {
                out.put(letters[bits >> 6 & 63]);
            }
            if (rest > 2) {
                out.put(letters[bits & 63]);
            }
            for (int pad = rest; pad < 3 && !url; pad++) {
                out.put('=');
            }
        }
    }
}
