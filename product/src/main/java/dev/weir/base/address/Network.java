package dev.weir.base.address;

/** The addresses of one family that begin with the same bits. Immutable. */
public record Network(Address first, int bits) {

    private static final int LOW_BITS = 64;

    /** {@code 10.0.0.0/8}, {@code fd00::/16}, or a single address; null for anything else. */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        Address first = IpText.parse(slash < 0 ? text : text.substring(0, slash));
        if (first == null || !first.family().isIp()) {
            return null;
        }
        int most = first.family() == Family.IPV4 ? 32 : 128;
        int bits = most;
        if (slash >= 0) {
            bits = number(text, slash + 1);
        }
        return bits < 0 || bits > most ? null : new Network(first, bits);
    }

    /** Up to three digits, or -1. */
    private static int number(String text, int from) {
        int value = text.length() == from || text.length() > from + 3 ? -1 : 0;
        for (int i = from; value >= 0 && i < text.length(); i++) {
            char c = text.charAt(i);
            value = c >= '0' && c <= '9' ? value * 10 + c - '0' : -1;
        }
        return value;
    }

    public boolean contains(Address address) {
        if (address.family() != first.family()) {
            return false;
        }
        // an IPv4 address stands in the low 32 bits of the low half
        int wide = first.family() == Family.IPV4 ? bits + 96 : bits;
        return same(address.high(), first.high(), Math.min(wide, LOW_BITS))
                && same(address.low(), first.low(), Math.max(0, wide - LOW_BITS));
    }

    private static boolean same(long a, long b, int leading) {
        return leading == 0 || (a ^ b) >>> LOW_BITS - leading == 0;
    }
}
