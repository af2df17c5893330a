package dev.weir.flow.compress;

import dev.weir.wire.http.ContentCoding;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import java.util.List;

/** Which coding a client likes best, by its {@code Accept-Encoding}. */
final class AcceptedCodings {

    private static final int FULL = 1000;

    private AcceptedCodings() {}

    /**
     * The best of these, or null. Of equal ones it is the first that the client names, as in HAProxy; where codings of
     * ours are offered it is the first of the file, since every browser names gzip first.
     */
    static ContentCoding best(List<ContentCoding> offered, Head head) {
        boolean ranked = false;
        for (int i = 0; i < offered.size(); i++) {
            ranked |= offered.get(i).isOurs();
        }
        ContentCoding best = null;
        int quality = 0;
        for (int i = head.find(HeaderName.ACCEPT_ENCODING); i >= 0; i = head.find(HeaderName.ACCEPT_ENCODING, i + 1)) {
            byte[] area = head.area();
            int at = head.valueAt(i);
            int end = at + head.valueLength(i);
            while (at < end) {
                int comma = indexOf(area, ',', at, end);
                int semicolon = indexOf(area, ';', at, comma);
                int its = quality(area, semicolon, comma);
                boolean equal = ranked && its == quality && its > 0;
                ContentCoding coding = its > quality || equal ? named(offered, area, at, semicolon) : null;
                if (coding != null && (its > quality || offered.indexOf(coding) < offered.indexOf(best))) {
                    best = coding;
                    quality = its;
                }
                at = comma + 1;
            }
        }
        return best == null && offered.contains(ContentCoding.IDENTITY) ? ContentCoding.IDENTITY : best;
    }

    private static ContentCoding named(List<ContentCoding> offered, byte[] area, int from, int to) {
        int at = from;
        int end = to;
        while (at < end && isBlank(area[at])) {
            at++;
        }
        while (end > at && isBlank(area[end - 1])) {
            end--;
        }
        boolean any = end - at == 1 && area[at] == '*';
        for (ContentCoding coding : offered) {
            if (any || matches(coding.token(), area, at, end)) {
                return coding;
            }
        }
        return null;
    }

    private static boolean matches(byte[] token, byte[] area, int at, int end) {
        if (end - at != token.length) {
            return false;
        }
        for (int i = 0; i < token.length; i++) {
            if (CompressionTerms.lower(area[at + i]) != token[i]) {
                return false;
            }
        }
        return true;
    }

    /** The {@code q} parameter in thousandths; full when there is none. */
    private static int quality(byte[] area, int from, int to) {
        int at = from;
        while (at < to) {
            at++;
            while (at < to && isBlank(area[at])) {
                at++;
            }
            if (at + 1 < to && CompressionTerms.lower(area[at]) == 'q' && area[at + 1] == '=') {
                return thousandths(area, at + 2, to);
            }
            at = indexOf(area, ';', at, to);
        }
        return FULL;
    }

    private static int thousandths(byte[] area, int from, int to) {
        int value = 0;
        int unit = FULL;
        boolean pointSeen = false;
        for (int at = from; at < to && unit > 0; at++) {
            if (area[at] == '.' && !pointSeen) {
                pointSeen = true;
                unit /= 10;
            } else if (area[at] >= '0' && area[at] <= '9') {
                value += (area[at] - '0') * unit;
                unit = pointSeen ? unit / 10 : unit;
            } else {
                break;
            }
        }
        return Math.min(FULL, value);
    }

    private static int indexOf(byte[] area, char wanted, int from, int to) {
        int at = from;
        while (at < to && area[at] != wanted) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
