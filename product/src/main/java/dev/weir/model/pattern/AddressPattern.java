package dev.weir.model.pattern;

import dev.weir.model.value.AddressText;
import dev.weir.model.value.Sample;
import java.nio.charset.StandardCharsets;

/**
 * An address or a network as configurations write it (configuration.txt 7.1.6). IPv4 addresses may leave out octets:
 * {@code 10.12} is 10.0.0.12.
 *
 * @param prefix the length of the network's prefix, or -1 when the mask of an IPv4 network is no prefix
 */
public record AddressPattern(boolean isIpv4, long high, long low, int prefix, long mask) {

    public static AddressPattern parse(byte[] text) throws PatternError {
        String word = new String(text, StandardCharsets.ISO_8859_1);
        int slash = word.indexOf('/');
        String host = slash < 0 ? word : word.substring(0, slash);
        AddressPattern result = host.indexOf(':') >= 0
                ? ipv6(host, slash < 0 ? null : word.substring(slash + 1))
                : ipv4(host, slash < 0 ? null : word.substring(slash + 1));
        if (result == null) {
            throw new PatternError("'" + word + "' is not a valid IPv4 or IPv6 address");
        }
        return result;
    }

    private static AddressPattern ipv6(String host, String bits) {
        int prefix = bits == null ? 128 : decimal(bits, 128);
        Sample address = new Sample();
        byte[] bytes = host.getBytes(StandardCharsets.ISO_8859_1);
        if (prefix < 0 || !AddressText.parseIpv6(bytes, 0, bytes.length, address)) {
            return null;
        }
        return new AddressPattern(false, address.high(), address.low(), prefix, 0);
    }

    private static AddressPattern ipv4(String host, String maskText) {
        long address = abbreviated(host);
        long mask = maskText == null ? 0xffff_ffffL : mask4(maskText);
        if (address < 0 || mask < 0) {
            return null;
        }
        return new AddressPattern(true, 0, address & mask, prefixLength(mask), mask);
    }

    /** The length of a mask that is a prefix, else -1. */
    private static int prefixLength(long mask) {
        int length = Integer.numberOfLeadingZeros(~(int) mask);
        return (int) mask == (length == 0 ? 0 : -1 << 32 - length) ? length : -1;
    }

    /** The bits of a mask in dotted form or as a length, or -1. */
    public static long mask4(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (text.indexOf('.') >= 0) {
            return AddressText.ipv4(bytes, 0, bytes.length, true);
        }
        int length = decimal(text, 32);
        return length < 0 ? -1 : length == 0 ? 0 : -1L << 32 - length & 0xffff_ffffL;
    }

    /** Up to four octets; what is left out stands before the last. */
    private static long abbreviated(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length > 4) {
            return -1;
        }
        long bits = 0;
        for (int i = 0; i < parts.length; i++) {
            int value = decimal(parts[i], 255);
            if (value < 0) {
                return -1;
            }
            bits |= (long) value << (i == parts.length - 1 ? 0 : 24 - 8 * i);
        }
        return bits;
    }

    private static int decimal(String text, int atMost) {
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
            if (value > atMost) {
                return -1;
            }
        }
        return text.isEmpty() ? -1 : value;
    }
}
