package dev.weir.model.value;

import java.nio.charset.StandardCharsets;

/**
 * The automatic casts between types (configuration.txt 7.3), found when an expression is compiled where both types are
 * known, else when the value is there.
 */
public final class Casts {

    /** Changes a sample to another type; false when this value cannot be. */
    @FunctionalInterface
    public interface Cast {
        boolean apply(Sample sample, Workspace workspace);
    }

    /** For types that are used as they are. */
    public static final Cast NONE = (sample, workspace) -> true;

    private static final Cast AS_INTEGER = (s, w) -> {
        s.retype(SampleType.INTEGER);
        return true;
    };
    private static final Cast AS_BOOL = (s, w) -> {
        s.bool(s.number() != 0);
        return true;
    };
    private static final Cast TO_TEXT = Casts::write;
    private static final Cast TO_BYTES = Casts::toBytes;
    private static final Cast TEXT_TO_INTEGER = (s, w) -> textToInteger(s);
    private static final Cast TEXT_TO_BOOL = (s, w) -> textToInteger(s) && AS_BOOL.apply(s, w);
    private static final Cast TEXT_TO_ADDRESS = (s, w) -> AddressText.parse(s);
    private static final Cast TEXT_TO_IPV4 = (s, w) -> AddressText.parse(s) && toIpv4(s);
    private static final Cast TEXT_TO_IPV6 = (s, w) -> AddressText.parse(s) && toIpv6(s);
    private static final Cast INTEGER_TO_IPV4 = (s, w) -> {
        s.ipv4((int) s.number());
        return true;
    };
    private static final Cast INTEGER_TO_IPV6 = (s, w) -> INTEGER_TO_IPV4.apply(s, w) && toIpv6(s);
    private static final Cast TO_IPV4 = (s, w) -> toIpv4(s);
    private static final Cast TO_IPV6 = (s, w) -> toIpv6(s);
    private static final Cast TEXT_TO_METHOD = (s, w) -> {
        s.method(HttpMethod.number(s.bytes(), s.at(), s.length()), s.bytes(), s.at(), s.length());
        return true;
    };
    private static final Cast AS_STRING = (s, w) -> {
        s.retype(SampleType.STRING);
        return true;
    };
    /** A text ends at its first NUL. */
    private static final Cast BYTES_TO_STRING = (s, w) -> {
        s.string(s.bytes(), s.at(), textLength(s));
        return true;
    };
    private static final Cast AS_BINARY = (s, w) -> {
        s.retype(SampleType.BINARY);
        return true;
    };

    private Casts() {}

    /** The cast, or null when these types do not go together. A sample of type ANY is looked at when it is there. */
    public static Cast find(SampleType from, SampleType to) {
        if (from == to || to == SampleType.ANY) {
            return NONE;
        }
        return switch (from) {
            case ANY -> (s, w) -> cast(s, to, w);
            case BOOL -> fromBool(to);
            case INTEGER -> fromInteger(to);
            case ADDRESS -> to == SampleType.BOOL || to == SampleType.METHOD ? null : (s, w) -> cast(s, to, w);
            case IPV4 -> fromIpv4(to);
            case IPV6 -> fromIpv6(to);
            case STRING -> fromString(to);
            case BINARY -> to == SampleType.STRING ? BYTES_TO_STRING : to == SampleType.METHOD ? TEXT_TO_METHOD : null;
            case METHOD -> to == SampleType.STRING ? AS_STRING : to == SampleType.BINARY ? AS_BINARY : null;
        };
    }

    private static Cast fromBool(SampleType to) {
        return switch (to) {
            case INTEGER -> AS_INTEGER;
            case STRING -> TO_TEXT;
            case BINARY -> TO_BYTES;
            default -> null;
        };
    }

    private static Cast fromInteger(SampleType to) {
        return switch (to) {
            case BOOL -> AS_BOOL;
            case ADDRESS, IPV4 -> INTEGER_TO_IPV4;
            case IPV6 -> INTEGER_TO_IPV6;
            case STRING -> TO_TEXT;
            case BINARY -> TO_BYTES;
            default -> null;
        };
    }

    private static Cast fromIpv4(SampleType to) {
        return switch (to) {
            case INTEGER -> AS_INTEGER;
            case ADDRESS -> NONE;
            case IPV6 -> TO_IPV6;
            case STRING -> TO_TEXT;
            case BINARY -> TO_BYTES;
            default -> null;
        };
    }

    private static Cast fromIpv6(SampleType to) {
        return switch (to) {
            case ADDRESS -> NONE;
            case IPV4 -> TO_IPV4;
            case STRING -> TO_TEXT;
            case BINARY -> TO_BYTES;
            default -> null;
        };
    }

    private static Cast fromString(SampleType to) {
        return switch (to) {
            case BOOL -> TEXT_TO_BOOL;
            case INTEGER -> TEXT_TO_INTEGER;
            case ADDRESS -> TEXT_TO_ADDRESS;
            case IPV4 -> TEXT_TO_IPV4;
            case IPV6 -> TEXT_TO_IPV6;
            case BINARY -> AS_BINARY;
            case METHOD -> TEXT_TO_METHOD;
            default -> null;
        };
    }

    /** By the type that the sample really has. */
    public static boolean cast(Sample sample, SampleType to, Workspace workspace) {
        if (sample.type() == SampleType.ANY || sample.type() == SampleType.ADDRESS) {
            return false;
        }
        Cast cast = find(sample.type(), to);
        return cast != null && cast.apply(sample, workspace);
    }

    /** As text, whatever it is. */
    public static boolean toText(Sample sample, Workspace workspace) {
        if (sample.type() == SampleType.BINARY) {
            return BYTES_TO_STRING.apply(sample, workspace);
        }
        return sample.type().isText() || write(sample, workspace);
    }

    /** Up to the first NUL. */
    private static int textLength(Sample bytes) {
        int end = Texts.indexOf(bytes.bytes(), bytes.at(), bytes.end(), 0);
        return end < 0 ? bytes.length() : end - bytes.at();
    }

    private static boolean write(Sample sample, Workspace workspace) {
        Area out = workspace.area();
        if (!append(sample, out) || out.overflowed()) {
            return false;
        }
        sample.take(SampleType.STRING, out);
        return true;
    }

    /** Appends the text of any sample; false when it has no value. */
    public static boolean append(Sample sample, Area out) {
        switch (sample.type()) {
            case BOOL, INTEGER -> out.putNumber(sample.number());
            case IPV4 -> AddressText.append(out, (int) sample.number());
            case IPV6 -> AddressText.append(out, sample.high(), sample.low());
            case STRING, METHOD -> out.put(sample.bytes(), sample.at(), sample.length());
            case BINARY -> out.put(sample.bytes(), sample.at(), textLength(sample));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean toBytes(Sample sample, Workspace workspace) {
        Area out = workspace.area();
        switch (sample.type()) {
            case IPV4 -> out.putBigEndian(sample.number(), 4);
            case IPV6 -> out.putBigEndian(sample.high(), 8).putBigEndian(sample.low(), 8);
            default -> out.putBigEndian(sample.number(), 8);
        }
        sample.take(SampleType.BINARY, out);
        return true;
    }

    /** The number that the text starts with, 0 without one, the nearest possible when it is too large; empty is none. */
    private static boolean textToInteger(Sample sample) {
        if (sample.length() == 0) {
            return false;
        }
        sample.integer(leadingInteger(sample.bytes(), sample.at(), sample.length()));
        return true;
    }

    public static long leadingInteger(byte[] text, int at, int length) {
        int i = at;
        int end = at + length;
        boolean negative = i < end && text[i] == '-';
        if (i < end && (text[i] == '-' || text[i] == '+')) {
            i++;
        }
        long value = 0;
        for (; i < end && Texts.isDigit(text[i]); i++) {
            int digit = text[i] - '0';
            if (value < (Long.MIN_VALUE + digit) / 10) {
                return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            value = value * 10 - digit;
        }
        return negative ? value : value == Long.MIN_VALUE ? Long.MAX_VALUE : -value;
    }

    private static boolean toIpv6(Sample sample) {
        if (sample.type() == SampleType.IPV4) {
            sample.ipv6(0, 0xffff_0000_0000L | sample.number());
        }
        return true;
    }

    /** Only an IPv6 address that maps an IPv4 one. */
    public static boolean toIpv4(Sample sample) {
        if (sample.type() == SampleType.IPV6) {
            if (sample.high() != 0 || sample.low() >>> 32 != 0xffff) {
                return false;
            }
            sample.ipv4((int) sample.low());
        }
        return true;
    }

    /** The text of a configuration as bytes. */
    public static byte[] bytes(String byteText) {
        return byteText.getBytes(StandardCharsets.ISO_8859_1);
    }
}
