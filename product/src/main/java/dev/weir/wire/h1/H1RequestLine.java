package dev.weir.wire.h1;

import dev.weir.wire.http.Head;
import dev.weir.wire.http.Method;
import dev.weir.wire.http.Octets;

/** The request line: method, target in one of its four forms, version. Blanks between them may be several, or tabs. */
final class H1RequestLine {

    /** HTTP/0.9 names no version and has no headers; on it goes as 1.0. */
    private static final int OLDEST = 10;

    private H1RequestLine() {}

    /** Fills the head, or tells what is wrong. */
    static H1Error parse(Head head, int from, int end, boolean lenient) {
        byte[] area = head.area();
        int at = from;
        while (at < end && Octets.isToken(area[at])) {
            at++;
        }
        if (at == from || at == end || !Octets.isBlank(area[at])) {
            return H1Error.METHOD;
        }
        head.pointMethod(from, at - from);
        at = skipBlanks(area, at, end);
        int targetAt = at;
        while (at < end && !Octets.isBlank(area[at])) {
            byte c = area[at];
            // 33..126 without the fragment; what is above is negative here
            if (c < 33 && c >= 0 || c == 127 || (c < 0 || c == '#') && !lenient) {
                return H1Error.TARGET;
            }
            at++;
        }
        head.pointTarget(targetAt, at - targetAt);
        at = skipBlanks(area, at, end);
        boolean noVersion = at == end && lenient && head.method() == Method.GET;
        if (head.targetLength() == 0) {
            return H1Error.TARGET;
        }
        if (noVersion) {
            head.version(OLDEST);
        } else if (!H1Version.parse(head, at, end - at, lenient)) {
            return H1Error.VERSION;
        }
        if (head.method() == Method.PRI) {
            boolean star = head.targetLength() == 1 && area[targetAt] == '*';
            return star && area[at + 5] == '2' ? H1Error.PREFACE : H1Error.METHOD;
        }
        return target(head, lenient);
    }

    private static int skipBlanks(byte[] area, int from, int end) {
        int at = from;
        while (at < end && Octets.isBlank(area[at])) {
            at++;
        }
        return at;
    }

    private static H1Error target(Head head, boolean lenient) {
        byte[] area = head.area();
        int at = head.targetAt();
        int length = head.targetLength();
        if (head.method() == Method.CONNECT) {
            head.split(0, at, length, at + length, 0);
            return lenient || H1Authority.hasPort(area, at, length) ? null : H1Error.TARGET;
        }
        if (area[at] == '/') {
            head.split(0, 0, 0, at, length);
            return null;
        }
        if (area[at] == '*') {
            head.split(0, 0, 0, at, 1);
            return length == 1 && head.method() == Method.OPTIONS ? null : H1Error.TARGET;
        }
        return absolute(head, area, at, at + length) ? null : H1Error.TARGET;
    }

    /** scheme://authority and a path or nothing; a query without a path has HAProxy refuse it too. */
    private static boolean absolute(Head head, byte[] area, int from, int end) {
        if (!Octets.isLetter(area[from])) {
            return false;
        }
        int at = from;
        while (at < end && isScheme(area[at])) {
            at++;
        }
        if (end - at < 4 || area[at] != ':' || area[at + 1] != '/' || area[at + 2] != '/') {
            return false;
        }
        int path = at + 3;
        while (path < end && area[path] != '/') {
            if (area[path] == '?') {
                return false;
            }
            path++;
        }
        head.split(at - from, at + 3, path - at - 3, path, end - path);
        return head.authorityLength() > 0;
    }

    private static boolean isScheme(byte c) {
        return Octets.isLetter(c) || Octets.isDigit(c) || c == '+' || c == '-' || c == '.';
    }
}
