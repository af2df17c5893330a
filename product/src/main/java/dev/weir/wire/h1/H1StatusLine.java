package dev.weir.wire.h1;

import dev.weir.wire.http.Head;
import dev.weir.wire.http.Octets;

/** The first line of an answer: version, status, reason. Blanks between them may be several, or tabs. */
final class H1StatusLine {

    private static final int DIGITS = 3;
    private static final int MAX_STATUS = 0xffff;

    private H1StatusLine() {}

    static boolean begun(byte[] area, int start, int end, boolean lenient) {
        if (end == start || area[start] == '\r') {
            return end - start < 2;
        }
        return lenient ? area[start] >= 'A' && area[start] <= 'Z' : H1Version.mayBegin(area, start, end);
    }

    /** Fills the head, or tells what is wrong. */
    static H1Error parse(Head head, int start, int end, boolean lenient) {
        byte[] area = head.area();
        int at = start;
        while (at < end && !Octets.isBlank(area[at])) {
            at++;
        }
        if (!H1Version.parse(head, start, at - start, lenient) || at == end) {
            return H1Error.VERSION;
        }
        at = skipBlanks(area, at, end);
        int digitsAt = at;
        int status = 0;
        while (at < end && Octets.isDigit(area[at]) && status <= MAX_STATUS) {
            status = status * 10 + area[at++] - '0';
        }
        int digits = at - digitsAt;
        boolean good = digits == DIGITS || lenient && digits > DIGITS && status <= MAX_STATUS;
        if (!good || status < 100 || at < end && !Octets.isBlank(area[at])) {
            return H1Error.STATUS;
        }
        at = skipBlanks(area, at, end);
        if (Octets.indexOf(area, at, end, (byte) '\r') >= 0) {
            return H1Error.LINE_END;
        }
        head.pointStatus(status, at, end - at);
        return null;
    }

    private static int skipBlanks(byte[] area, int from, int end) {
        int at = from;
        while (at < end && Octets.isBlank(area[at])) {
            at++;
        }
        return at;
    }
}
