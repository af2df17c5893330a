package dev.weir.wire.h1;

import dev.weir.wire.http.Octets;

/** Host and port in a target and in Host: default ports, and whether two of them mean the same. */
public final class H1Authority {

    private H1Authority() {}

    /** Where the port's digits begin, or the count when there is no port. Square brackets hold an IPv6 address. */
    private static int portAt(byte[] area, int at, int count) {
        for (int i = count - 1; i >= 0; i--) {
            byte c = area[at + i];
            if (c == ':') {
                return i + 1;
            }
            if (!Octets.isDigit(c)) {
                break;
            }
        }
        return count;
    }

    /** Whether it has the form that CONNECT needs: a host and a port of 1 to 5 digits up to 65535. */
    public static boolean hasPort(byte[] area, int at, int count) {
        int from = portAt(area, at, count);
        if (from < 2 || count == from || count - from > 5) {
            return false;
        }
        for (int i = 0; i < from; i++) {
            byte c = area[at + i];
            if (c == '/' || c == '?' || c == '@') {
                return false;
            }
        }
        int port = number(area, at + from, count - from);
        return port > 0 && port <= 65535;
    }

    private static int number(byte[] area, int at, int count) {
        int value = 0;
        for (int i = 0; i < count && value < 1_000_000; i++) {
            value = value * 10 + area[at + i] - '0';
        }
        return value;
    }

    /** The count without the port when the port is one of these two. */
    public static int withoutPort(byte[] area, int at, int count, int port, int other) {
        int from = portAt(area, at, count);
        if (from == count) {
            return count;
        }
        int value = number(area, at + from, count - from);
        return value == port || value == other ? from - 1 : count;
    }
}
