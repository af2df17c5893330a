package dev.weir.wire.h1;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The request line: method, target in one of its four forms, version. Blanks between them may be several, or tabs. */
final class H1StartLine {

    private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONNECT = "CONNECT".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPTIONS = "OPTIONS".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PRI = "PRI".getBytes(StandardCharsets.US_ASCII);

    private H1StartLine() {}

    /** Fills the head, or tells what is wrong. */
    static H1Error parse(H1Head head, ByteBuf in, int from, int end, boolean lenient) {
        int base = in.readerIndex();
        int at = from;
        while (at < end && H1Chars.isToken(in.getByte(base + at))) {
            at++;
        }
        if (at == from || at == end || !H1Chars.isBlank(in.getByte(base + at))) {
            return H1Error.METHOD;
        }
        head.methodAt = from;
        head.methodLength = at - from;
        at = skipBlanks(in, base, at, end);
        int targetAt = at;
        while (at < end && !H1Chars.isBlank(in.getByte(base + at))) {
            byte c = in.getByte(base + at);
            // 33..126 without the fragment; what is above is negative here
            if (c < 33 && c >= 0 || c == 127 || (c < 0 || c == '#') && !lenient) {
                return H1Error.TARGET;
            }
            at++;
        }
        head.targetAt = targetAt;
        head.targetLength = at - targetAt;
        at = skipBlanks(in, base, at, end);
        int major = version(head, in, base + at, end - at);
        if (major < 0 || head.targetLength == 0) {
            return major < 0 ? H1Error.VERSION : H1Error.TARGET;
        }
        if (equal(in, base + from, head.methodLength, PRI)) {
            boolean preface = head.targetLength == 1 && in.getByte(base + targetAt) == '*' && major == 2;
            return preface ? H1Error.PREFACE : H1Error.METHOD;
        }
        return target(head, in, base);
    }

    private static int skipBlanks(ByteBuf in, int base, int from, int end) {
        int at = from;
        while (at < end && H1Chars.isBlank(in.getByte(base + at))) {
            at++;
        }
        return at;
    }

    /** The major version, or -1. What is later than 1.1 is spoken as 1.1. */
    private static int version(H1Head head, ByteBuf in, int at, int count) {
        if (count != 8 || !equal(in, at, HTTP.length, HTTP) || in.getByte(at + 6) != '.'
                || !H1Chars.isDigit(in.getByte(at + 5)) || !H1Chars.isDigit(in.getByte(at + 7))) {
            return -1;
        }
        int major = in.getByte(at + 5) - '0';
        int minor = in.getByte(at + 7) - '0';
        head.minor = major > 1 || major == 1 && minor >= 1 ? 1 : 0;
        return major;
    }

    private static H1Error target(H1Head head, ByteBuf in, int base) {
        boolean connect = equal(in, base + head.methodAt, head.methodLength, CONNECT);
        byte first = in.getByte(base + head.targetAt);
        head.pathAt = head.targetAt;
        if (connect) {
            head.authorityAt = head.targetAt;
            head.authorityLength = head.targetLength;
            return H1Authority.hasPort(in, base + head.targetAt, head.targetLength) ? null : H1Error.TARGET;
        }
        if (first == '/') {
            head.pathLength = head.targetLength;
            return null;
        }
        if (first == '*') {
            head.pathLength = 1;
            boolean options = equal(in, base + head.methodAt, head.methodLength, OPTIONS);
            return head.targetLength == 1 && options ? null : H1Error.TARGET;
        }
        return absolute(head, in, base) ? null : H1Error.TARGET;
    }

    /** scheme://authority and a path or nothing; a query without a path has HAProxy refuse it too. */
    private static boolean absolute(H1Head head, ByteBuf in, int base) {
        int at = head.targetAt;
        int end = head.targetAt + head.targetLength;
        if (!H1Chars.isLetter(in.getByte(base + at))) {
            return false;
        }
        while (at < end && isScheme(in.getByte(base + at))) {
            at++;
        }
        if (end - at < 4 || in.getByte(base + at) != ':' || in.getByte(base + at + 1) != '/'
                || in.getByte(base + at + 2) != '/') {
            return false;
        }
        head.schemeLength = at - head.targetAt;
        head.authorityAt = at + 3;
        int path = at + 3;
        while (path < end && in.getByte(base + path) != '/') {
            if (in.getByte(base + path) == '?') {
                return false;
            }
            path++;
        }
        head.authorityLength = path - head.authorityAt;
        head.pathAt = path;
        head.pathLength = end - path;
        return head.authorityLength > 0;
    }

    private static boolean isScheme(byte c) {
        return H1Chars.isLetter(c) || H1Chars.isDigit(c) || c == '+' || c == '-' || c == '.';
    }

    /** Methods and the version's name are case sensitive. */
    static boolean equal(ByteBuf in, int at, int count, byte[] word) {
        if (count != word.length) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (in.getByte(at + i) != word[i]) {
                return false;
            }
        }
        return true;
    }
}
