package dev.weir.model.value;

/**
 * IP addresses in bytes of traffic: read without making objects, and leniently where HAProxy is. An IPv4 address ends at
 * the first byte that cannot belong to it, so that {@code 1.2.3.4:80} is one; an IPv6 address is the whole text.
 */
public final class AddressText {

    private static final int LONGEST_IPV6 = 45;

    private AddressText() {}

    /** Turns a text sample into the address that it is; false when it is none. */
    static boolean parse(Sample sample) {
        return parse(sample.bytes(), sample.at(), sample.length(), sample);
    }

    public static boolean parse(byte[] text, int at, int length, Sample out) {
        long bits = ipv4(text, at, at + length, false);
        if (bits >= 0) {
            out.ipv4((int) bits);
            return true;
        }
        return parseIpv6(text, at, length, out);
    }

    /** The bits of a dotted address at the start of the text, or -1; {@code whole}: nothing may follow. */
    public static long ipv4(byte[] text, int from, int to, boolean whole) {
        long bits = 0;
        int parts = 0;
        int value = -1;
        int i = from;
        for (; i < to; i++) {
            int c = text[i];
            if (c >= '0' && c <= '9') {
                value = Math.max(value, 0) * 10 + c - '0';
                if (value > 255) {
                    return -1;
                }
            } else if (c == '.') {
                if (value < 0 || parts == 3) {
                    return -1;
                }
                bits = bits << 8 | value;
                parts++;
                value = -1;
            } else {
                break;
            }
        }
        return parts < 3 || value < 0 || whole && i < to ? -1 : bits << 8 | value;
    }

    public static boolean parseIpv6(byte[] text, int at, int length, Sample out) {
        if (length < 2 || length > LONGEST_IPV6) {
            return false;
        }
        long high = 0;
        long low = 0;
        int groups = 0;
        int gap = -1;
        int i = at;
        int end = at + length;
        if (text[i] == ':') {
            if (text[i + 1] != ':') {
                return false;
            }
            gap = 0;
            i += 2;
        }
        while (i < end) {
            int start = i;
            int value = 0;
            int digit;
            while (i < end && i - start < 5 && (digit = Texts.hexDigit(text[i])) >= 0) {
                value = value << 4 | digit;
                i++;
            }
            if (i < end && text[i] == '.') {
                long bits = groups <= 6 ? ipv4(text, start, end, true) : -1;
                if (bits < 0) {
                    return false;
                }
                high = high << 32 | low >>> 32;
                low = low << 32 | bits;
                groups += 2;
                break;
            }
            if (i == start || i - start > 4 || groups == 8) {
                return false;
            }
            high = high << 16 | low >>> 48;
            low = low << 16 | value;
            groups++;
            if (i == end) {
                break;
            }
            if (text[i++] != ':' || i == end) {
                return false;
            }
            if (text[i] == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = groups;
                i++;
            }
        }
        if (gap < 0 ? groups != 8 : groups > 7) {
            return false;
        }
        if (gap < 0) {
            out.ipv6(high, low);
        } else {
            spread(high, low, groups, gap, out);
        }
        return true;
    }

    /** Puts the zeros of {@code ::} where they belong: the groups after the gap stay at the end. */
    private static void spread(long high, long low, int groups, int gap, Sample out) {
        long resultHigh = 0;
        long resultLow = 0;
        for (int i = 0; i < 8; i++) {
            int fromEnd = 7 - i;
            int group = 0;
            if (i < gap) {
                group = group(high, low, groups - 1 - i);
            } else if (fromEnd < groups - gap) {
                group = group(high, low, fromEnd);
            }
            resultHigh = resultHigh << 16 | resultLow >>> 48;
            resultLow = resultLow << 16 | group;
        }
        out.ipv6(resultHigh, resultLow);
    }

    /** The group that stands that many before the last. */
    private static int group(long high, long low, int fromEnd) {
        return (int) ((fromEnd < 4 ? low : high) >>> 16 * (fromEnd & 3)) & 0xffff;
    }

    public static void append(Area out, int ipv4) {
        out.putNumber(ipv4 >>> 24).put('.').putNumber(ipv4 >>> 16 & 255).put('.')
                .putNumber(ipv4 >>> 8 & 255).put('.').putNumber(ipv4 & 255);
    }

    /** As inet_ntop does it (RFC 5952, and dotted where an IPv4 address is mapped). */
    public static void append(Area out, long high, long low) {
        if (high == 0 && low >>> 32 == 0xffff) {
            out.put("::ffff:");
            append(out, (int) low);
            return;
        }
        int gapAt = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && group(high, low, 7 - i - run) == 0) {
                run++;
            }
            if (run > gapLength) {
                gapAt = i;
                gapLength = run;
            }
            i += run;
        }
        for (int i = 0; i < 8; i++) {
            if (i == gapAt) {
                out.put(i == 0 ? "::" : ":");
                i += gapLength - 1;
                continue;
            }
            int group = group(high, low, 7 - i);
            out.putHexDigits(group, group > 0xfff ? 4 : group > 0xff ? 3 : group > 0xf ? 2 : 1);
            if (i < 7) {
                out.put(':');
            }
        }
    }
}
