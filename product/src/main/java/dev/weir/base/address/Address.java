package dev.weir.base.address;

import java.util.Objects;

/**
 * One endpoint: a family, and what that family needs. IP addresses are two longs (an IPv4 address stands in the low
 * 32 bits of {@code low}), so that hashing, masking and comparing need no arrays. Immutable.
 */
public final class Address {

    public static final Address NONE = new Address(Family.NONE, 0, 0, 0, "");

    private final Family family;
    private final long high;
    private final long low;
    private final int port;
    private final String path;

    private Address(Family family, long high, long low, int port, String path) {
        this.family = family;
        this.high = high;
        this.low = low;
        this.port = port;
        this.path = path;
    }

    /** An IPv4 address from its four bytes read big-endian. */
    public static Address ipv4(int bits, int port) {
        return new Address(Family.IPV4, 0, bits & 0xffffffffL, port, "");
    }

    public static Address ipv6(long high, long low, int port) {
        return new Address(Family.IPV6, high, low, port, "");
    }

    /** From 4 or 16 bytes in network order. */
    public static Address ip(byte[] bytes, int port) {
        return bytes.length == 4
                ? ipv4((int) bigEndian(bytes, 0, 4), port)
                : ipv6(bigEndian(bytes, 0, 8), bigEndian(bytes, 8, 8), port);
    }

    public static Address unix(String path) {
        return new Address(Family.UNIX, 0, 0, 0, path);
    }

    public static Address abstractName(Family family, String name) {
        return new Address(family, 0, 0, 0, name);
    }

    /** {@code fd@n} or {@code sockpair@n}. */
    public static Address descriptor(Family family, int number) {
        return new Address(family, 0, 0, number, "");
    }

    /** {@code rhttp@backend/server}. */
    public static Address reverse(String server) {
        return new Address(Family.RHTTP, 0, 0, 0, server);
    }

    public Family family() {
        return family;
    }

    /** The upper 64 bits of an IPv6 address. */
    public long high() {
        return high;
    }

    /** The lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 one. */
    public long low() {
        return low;
    }

    /** The port, or the number of a descriptor. */
    public int port() {
        return port;
    }

    /** The path or name of a UNIX address, else empty. */
    public String path() {
        return path;
    }

    public Address withPort(int newPort) {
        return new Address(family, high, low, newPort, path);
    }

    /** 4 or 16 bytes in network order; empty for what is no IP address. */
    public byte[] ipBytes() {
        return switch (family) {
            case IPV4 -> toBytes(0, low, 4);
            case IPV6 -> toBytes(high, low, 16);
            default -> new byte[0];
        };
    }

    public boolean isAny() {
        return family.isIp() && high == 0 && low == 0;
    }

    /** Whether both name the same host, whatever the port. */
    public boolean sameHost(Address other) {
        return family == other.family && high == other.high && low == other.low && path.equals(other.path);
    }

    /** The host alone: {@code 127.0.0.1}, {@code ::1}, {@code unix} for UNIX sockets as in logs, empty for none. */
    public String host() {
        return switch (family) {
            case IPV4, IPV6 -> {
                StringBuilder out = new StringBuilder(40);
                appendHost(out);
                yield out.toString();
            }
            case UNIX, ABNS, ABNSZ -> "unix";
            default -> "";
        };
    }

    /** Appends an IP address in its canonical text form (RFC 5952). */
    public void appendHost(StringBuilder out) {
        if (family == Family.IPV4) {
            IpText.appendIpv4(out, (int) low);
        } else if (family == Family.IPV6) {
            IpText.appendIpv6(out, high, low);
        }
    }

    private static long bigEndian(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | bytes[from + i] & 0xff;
        }
        return value;
    }

    private static byte[] toBytes(long high, long low, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            int fromEnd = count - 1 - i;
            bytes[i] = (byte) ((fromEnd >= 8 ? high : low) >>> 8 * (fromEnd & 7));
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address a && family == a.family && high == a.high && low == a.low && port == a.port
                && path.equals(a.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(family, path) * 31 + Long.hashCode(high * 31 + low) + port;
    }

    /** As the manual writes it: {@code 127.0.0.1:80}, {@code [::1]:80}, {@code abns@name}, {@code /path}. */
    @Override
    public String toString() {
        return switch (family) {
            case NONE -> "";
            case IPV4 -> host() + ":" + port;
            case IPV6 -> "[" + host() + "]:" + port;
            case UNIX -> path;
            case ABNS -> "abns@" + path;
            case ABNSZ -> "abnsz@" + path;
            case FD -> "fd@" + port;
            case SOCKPAIR -> "sockpair@" + port;
            case RHTTP -> "rhttp@" + path;
        };
    }
}
