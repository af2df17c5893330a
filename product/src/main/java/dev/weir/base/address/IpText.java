package dev.weir.base.address;

/** IP addresses to and from text, without the resolver. */
public final class IpText {

    private IpText() {}

    static void appendIpv4(StringBuilder out, int bits) {
        out.append(bits >>> 24).append('.').append(bits >>> 16 & 0xff).append('.')
                .append(bits >>> 8 & 0xff).append('.').append(bits & 0xff);
    }

    /** RFC 5952: lower case, the longest run of zero groups (at least two) as {@code ::}, mapped IPv4 dotted. */
    static void appendIpv6(StringBuilder out, long high, long low) {
        if (high == 0 && low >>> 32 == 0xffff) {
            out.append("::ffff:");
            appendIpv4(out, (int) low);
            return;
        }
        int bestAt = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && group(high, low, i + length) == 0) {
                length++;
            }
            if (length > bestLength) {
                bestAt = i;
                bestLength = length;
            }
            i += length;
        }
        for (int i = 0; i < 8; i++) {
            if (i == bestAt) {
                out.append(i == 0 ? "::" : ":");
                i += bestLength - 1;
                continue;
            }
            out.append(Integer.toHexString(group(high, low, i)));
            if (i < 7) {
                out.append(':');
            }
        }
    }

    private static int group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> 16 * (3 - (index & 3))) & 0xffff;
    }

    /** The address that the text is, with port 0, or null when it is no IP address. Strict: four decimal parts. */
    public static Address parse(String text) {
        return text.indexOf(':') >= 0 ? parseIpv6(text) : parseIpv4(text);
    }

    private static Address parseIpv4(String text) {
        long bits = ipv4Bits(text, 0, text.length());
        return bits < 0 ? null : Address.ipv4((int) bits, 0);
    }

    private static long ipv4Bits(String text, int from, int to) {
        long bits = 0;
        int parts = 0;
        int digits = 0;
        int value = 0;
        for (int i = from; i <= to; i++) {
            char c = i < to ? text.charAt(i) : '.';
            if (c == '.') {
                if (digits == 0 || value > 255) {
                    return -1;
                }
                bits = bits << 8 | value;
                parts++;
                digits = 0;
                value = 0;
            } else if (c >= '0' && c <= '9' && digits < 3) {
                value = value * 10 + c - '0';
                digits++;
            } else {
                return -1;
            }
        }
        return parts == 4 ? bits : -1;
    }

    private static Address parseIpv6(String text) {
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int i = 0;
        int length = text.length();
        if (text.startsWith("::")) {
            gap = 0;
            i = 2;
        } else if (text.startsWith(":")) {
            return null;
        }
        while (i < length) {
            int end = i;
            int value = 0;
            while (end < length && Character.digit(text.charAt(end), 16) >= 0 && end - i < 5
                    && text.charAt(end) < 128) {
                value = value << 4 | Character.digit(text.charAt(end), 16);
                end++;
            }
            if (end < length && text.charAt(end) == '.') {
                long bits = ipv4Bits(text, i, length);
                if (bits < 0 || count > 6) {
                    return null;
                }
                groups[count++] = (int) (bits >>> 16);
                groups[count++] = (int) bits & 0xffff;
                i = length;
                break;
            }
            if (end == i || end - i > 4 || count == 8) {
                return null;
            }
            groups[count++] = value;
            i = end;
            if (i == length) {
                break;
            }
            if (text.charAt(i) != ':') {
                return null;
            }
            i++;
            if (i == length) {
                return null;
            }
            if (text.charAt(i) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                i++;
            }
        }
        return fromGroups(groups, count, gap);
    }

    private static Address fromGroups(int[] groups, int count, int gap) {
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int at = 0; at < 8; at++) {
            int from = gap < 0 || at < gap ? at : at - (8 - count);
            int value = gap >= 0 && at >= gap && at < gap + 8 - count ? 0 : groups[from];
            if (at < 4) {
                high = high << 16 | value;
            } else {
                low = low << 16 | value;
            }
        }
        return Address.ipv6(high, low, 0);
    }
}
