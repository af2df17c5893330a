package dev.weir.config.lang;

/**
 * Numbers, times and sizes as the configuration writes them (manual 2.5 and 2.6). A result that is negative is an
 * error: {@link #OVERFLOW}, or {@link #BAD} less the position of the character that does not belong.
 */
public final class Numbers {

    public static final long OVERFLOW = -1;
    /** The text is empty. */
    public static final long EMPTY = -2;
    private static final long BAD = -3;
    private static final long MAX_TIME = Integer.MAX_VALUE;

    private Numbers() {}

    public enum Unit {
        US(1), MS(1000), S(1_000_000);

        private final long micros;

        Unit(long micros) {
            this.micros = micros;
        }
    }

    /** Milliseconds; what is less than one rounds up. */
    public static long millis(String text) {
        return time(text, Unit.MS, Unit.MS);
    }

    /** A time in units of {@code result}, rounded up; a bare number is in {@code unit}. */
    public static long time(String text, Unit unit, Unit result) {
        int length = text.length();
        int at = digits(text);
        long value = value(text, at);
        if (at == 0) {
            return length == 0 ? EMPTY : BAD;
        }
        long micros = unit.micros;
        int unitAt = at;
        if (at < length) {
            char c = text.charAt(at++);
            boolean two = at < length && text.charAt(at) == 's';
            switch (c) {
                case 's' -> micros = 1_000_000L;
                case 'm' -> micros = two ? 1000L : 60_000_000L;
                case 'u' -> micros = two ? 1 : 0;
                case 'h' -> micros = 3_600_000_000L;
                case 'd' -> micros = 86_400_000_000L;
                default -> micros = 0;
            }
            if (micros == 0) {
                return BAD - unitAt;
            }
            at += two && (c == 'm' || c == 'u') ? 1 : 0;
        }
        if (at < length) {
            return BAD - at;
        }
        if (value > Long.MAX_VALUE / 2 / micros) {
            return OVERFLOW;
        }
        long rounded = (value * micros + result.micros - 1) / result.micros;
        return rounded > MAX_TIME ? OVERFLOW : rounded;
    }

    private static int digits(String text) {
        int at = 0;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** That of the first characters, which are digits; a huge one where it would not fit. */
    private static long value(String text, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = Math.min(value * 10 + text.charAt(i) - '0', Long.MAX_VALUE / 20);
        }
        return value;
    }

    /** Bytes, with k, m or g of either case. */
    public static long size(String text) {
        int length = text.length();
        int at = digits(text);
        long value = value(text, at);
        if (at == 0) {
            return length == 0 ? EMPTY : BAD;
        }
        int shift = 0;
        if (at < length) {
            shift = switch (text.charAt(at) | 0x20) {
                case 'k' -> 10;
                case 'm' -> 20;
                case 'g' -> 30;
                default -> -1;
            };
            if (shift < 0) {
                return BAD - at;
            }
            at++;
        }
        if (at < length) {
            return BAD - at;
        }
        return value > Long.MAX_VALUE >> shift + 1 ? OVERFLOW : value << shift;
    }

    /** The character that a negative result complains about. */
    public static char culprit(String text, long result) {
        int at = (int) (BAD - result);
        return at >= 0 && at < text.length() ? text.charAt(at) : 0;
    }

    /** A whole number with an optional sign, or {@code otherwise} when the text is none or does not fit. */
    public static long integer(String text, long otherwise) {
        int at = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        if (at == text.length() || text.length() - at > 18) {
            return otherwise;
        }
        long value = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                return otherwise;
            }
            value = value * 10 + c - '0';
        }
        return text.charAt(0) == '-' ? -value : value;
    }

    /** As C's atol: the number at the front, 0 when there is none. */
    public static long leading(String text) {
        int at = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        long value = 0;
        while (at < text.length() && isDigit(text.charAt(at)) && value < Long.MAX_VALUE / 20) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        return text.startsWith("-") ? -value : value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
