package dev.weir.wire.h1;

import dev.weir.wire.h1.H1Head.Framing;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The headers that say how a message is framed and what becomes of its connection: Host, Content-Length,
 * Transfer-Encoding, Connection, Upgrade. Worker-owned.
 */
final class H1Fields {

    private static final byte[] CHUNKED = word("chunked");
    private static final byte[] CLOSE = word("close");
    private static final byte[] KEEP_ALIVE = word("keep-alive");
    private static final byte[] UPGRADE = word("upgrade");
    private static final byte[] HTTP = word("http");
    private static final byte[] HTTPS = word("https");
    private static final byte[][] WITHOUT_BODY = {word("get"), word("head"), word("delete")};

    private final H1Head head;
    private int host;
    private boolean hasLength;
    private boolean hasCoding;
    private boolean chunked;
    private boolean unknownCoding;
    /** The element of a list that was found last. */
    private int elementAt;
    private int elementLength;

    H1Fields(H1Head head) {
        this.head = head;
    }

    private static byte[] word(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void clear() {
        host = -1;
        hasLength = false;
        hasCoding = false;
        chunked = false;
        unknownCoding = false;
    }

    /** Looks at the header that was added last; drops it when it only repeats what is known. */
    H1Error added(ByteBuf in, int base, int index) {
        int at = base + head.valueAt(index);
        int count = head.valueLength(index);
        if (head.is(in, index, H1Name.HOST)) {
            if (host < 0) {
                host = index;
                return null;
            }
            boolean same = H1Authority.sameIgnoringCase(in, at, count, base + head.valueAt(host), head.valueLength(host));
            head.remove(index);
            return same ? null : H1Error.HOST;
        } else if (head.is(in, index, H1Name.CONTENT_LENGTH)) {
            return contentLength(in, base, index);
        } else if (head.is(in, index, H1Name.TRANSFER_ENCODING)) {
            return transferEncoding(in, at, count);
        } else if (head.is(in, index, H1Name.CONNECTION)) {
            connection(in, at, count);
        } else if (head.is(in, index, H1Name.UPGRADE)) {
            head.hasUpgrade = true;
        }
        return null;
    }

    /** Finds the next element of a comma separated list and trims it; false when there is none left. */
    private boolean element(ByteBuf in, int from, int end) {
        if (from > end) {
            return false;
        }
        int comma = from;
        while (comma < end && in.getByte(comma) != ',') {
            comma++;
        }
        elementAt = from;
        int to = comma;
        while (elementAt < to && H1Chars.isBlank(in.getByte(elementAt))) {
            elementAt++;
        }
        while (to > elementAt && H1Chars.isBlank(in.getByte(to - 1))) {
            to--;
        }
        elementLength = to - elementAt;
        next = comma + 1;
        return true;
    }

    private int next;

    private boolean is(ByteBuf in, byte[] lowerCase) {
        return isWord(in, elementAt, elementLength, lowerCase);
    }

    private static boolean isWord(ByteBuf in, int at, int count, byte[] lowerCase) {
        if (count != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (H1Chars.lower(in.getByte(at + i)) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private H1Error contentLength(ByteBuf in, int base, int index) {
        int end = base + head.valueAt(index) + head.valueLength(index);
        next = base + head.valueAt(index);
        int firstAt = -1;
        int firstLength = 0;
        while (element(in, next, end)) {
            long value = elementLength == 0 ? -1 : decimal(in);
            if (value < 0 || hasLength && value != head.contentLength) {
                return H1Error.CONTENT_LENGTH;
            }
            if (!hasLength) {
                firstAt = elementAt - base;
                firstLength = elementLength;
            }
            hasLength = true;
            head.contentLength = value;
        }
        if (firstAt < 0) {
            head.remove(index);
        } else {
            head.setValue(index, firstAt, firstLength);
        }
        return null;
    }

    /** -1 for what is no decimal number below 2^63. */
    private long decimal(ByteBuf in) {
        long value = 0;
        for (int i = 0; i < elementLength; i++) {
            byte c = in.getByte(elementAt + i);
            if (!H1Chars.isDigit(c) || value > (Long.MAX_VALUE - (c - '0')) / 10) {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private H1Error transferEncoding(ByteBuf in, int at, int count) {
        hasCoding = true;
        next = at;
        while (element(in, next, at + count)) {
            if (elementLength == 0 || chunked) {
                return H1Error.TRANSFER_ENCODING;
            }
            if (is(in, CHUNKED)) {
                chunked = true;
            } else {
                unknownCoding = true;
            }
        }
        return null;
    }

    private void connection(ByteBuf in, int at, int count) {
        next = at;
        while (element(in, next, at + count)) {
            head.connection |= is(in, CLOSE) ? H1Head.CLOSE : is(in, KEEP_ALIVE) ? H1Head.KEEP_ALIVE
                    : is(in, UPGRADE) ? H1Head.UPGRADE : 0;
        }
    }

    /** After the last header: how the body is framed, and whether Host and target agree. */
    H1Error finish(ByteBuf in, int base) {
        if (unknownCoding) {
            return H1Error.UNKNOWN_CODING;
        }
        if (hasCoding) {
            head.framing = Framing.CHUNKED;
            head.closes = head.minor == 0;
            if (hasLength) {
                // the other end may have believed the length: nothing after this request can be trusted
                head.remove(head.find(in, H1Name.CONTENT_LENGTH, 0));
                head.closes = true;
                host = head.find(in, H1Name.HOST, 0);
            }
        } else if (hasLength) {
            head.framing = Framing.LENGTH;
        }
        boolean body = hasCoding || hasLength && head.contentLength > 0;
        if (body && head.minor == 0 && methodHasNoBody(in, base)) {
            return H1Error.BODY_NOT_ALLOWED;
        }
        return head.authorityLength > 0 ? authority(in, base) : null;
    }

    private boolean methodHasNoBody(ByteBuf in, int base) {
        for (byte[] method : WITHOUT_BODY) {
            // method names are case sensitive: upper case only
            if (isWord(in, base + head.methodAt, head.methodLength, method)
                    && in.getByte(base + head.methodAt) < 'a') {
                return true;
            }
        }
        return false;
    }

    private H1Error authority(ByteBuf in, int base) {
        int at = base + head.authorityAt;
        boolean connect = head.schemeLength == 0;
        boolean http = isWord(in, base + head.targetAt, head.schemeLength, HTTP);
        boolean https = isWord(in, base + head.targetAt, head.schemeLength, HTTPS);
        int port = connect || http ? 80 : https ? 443 : -1;
        int other = connect ? 443 : port;
        int bare = H1Authority.withoutPort(in, at, head.authorityLength, port, other);
        if (host >= 0) {
            int hostAt = base + head.valueAt(host);
            int hostBare = H1Authority.withoutPort(in, hostAt, head.valueLength(host), port, other);
            if (!H1Authority.sameIgnoringCase(in, at, bare, hostAt, hostBare)) {
                return H1Error.HOST;
            }
            head.setValue(host, head.valueAt(host), hostBare);
        }
        if (!connect) {
            head.authorityLength = bare;
        }
        return null;
    }
}
