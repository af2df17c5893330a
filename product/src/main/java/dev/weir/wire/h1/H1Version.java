package dev.weir.wire.h1;

import dev.weir.wire.http.Head;
import dev.weir.wire.http.Octets;
import java.nio.charset.StandardCharsets;

/** The word of a start line that tells the version. */
final class H1Version {

    /** All that is later than this is spoken as this. */
    private static final int LATEST = 11;
    private static final int STRANGE = 10;
    private static final int LENGTH = 8;
    private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);

    private H1Version() {}

    /** Fills in the version; false when there is none. Lenient: any protocol, any number of digits. */
    static boolean parse(Head head, int at, int length, boolean lenient) {
        byte[] area = head.area();
        boolean usual = length == LENGTH && area[at + 4] == '/' && area[at + 6] == '.'
                && Octets.isDigit(area[at + 5]) && Octets.isDigit(area[at + 7]);
        boolean http = usual && Octets.same(area, at, HTTP.length, HTTP);
        if (!http && !(lenient && isStrange(area, at, at + length))) {
            return false;
        }
        int major = usual ? area[at + 5] - '0' : 0;
        int minor = usual ? area[at + 7] - '0' : 0;
        if (major > 1 || major == 1 && minor >= 1) {
            head.version(LATEST);
        } else if (http) {
            head.version(major * 10 + minor);
        } else {
            head.version(STRANGE);
            head.pointProtocol(at, length);
        }
        return true;
    }

    /** The name of a protocol in upper case and digits, a slash, a number with a dot or more. */
    private static boolean isStrange(byte[] area, int from, int end) {
        int at = from;
        while (at < end && (area[at] >= 'A' && area[at] <= 'Z' || Octets.isDigit(area[at]))) {
            at++;
        }
        if (at == from || at == end || area[at] != '/' || !Octets.isDigit(area[end - 1]) && area[end - 1] != '.') {
            return false;
        }
        for (at++; at < end; at++) {
            if (!Octets.isDigit(area[at]) && area[at] != '.') {
                return false;
            }
        }
        return true;
    }

    /** The first bytes of what may be a version. */
    static boolean mayBegin(byte[] area, int from, int end) {
        int count = Math.min(end - from, HTTP.length);
        for (int i = 0; i < count; i++) {
            if (area[from + i] != HTTP[i]) {
                return false;
            }
        }
        return true;
    }
}
