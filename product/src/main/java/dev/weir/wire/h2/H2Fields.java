package dev.weir.wire.h2;

import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Octets;
import java.nio.charset.StandardCharsets;

/**
 * The fields of one block: remembers where the pseudo-headers stand and files the others, as long as each may be where it
 * is. RFC 9113 sections 8.2 and 8.3. Worker-owned.
 */
final class H2Fields {

    /** Which part of a message a block is. */
    enum Part { REQUEST, ANSWER, TRAILERS }

    static final int METHOD = 0;
    static final int SCHEME = 1;
    static final int AUTHORITY = 2;
    static final int PATH = 3;
    static final int PROTOCOL = 4;
    static final int STATUS = 5;

    private static final byte[][] PSEUDO = {ascii(":method"), ascii(":scheme"), ascii(":authority"), ascii(":path"),
        ascii(":protocol"), ascii(":status")};
    private static final HeaderName[] OF_CONNECTION = {HeaderName.CONNECTION, HeaderName.PROXY_CONNECTION,
        HeaderName.KEEP_ALIVE, HeaderName.TRANSFER_ENCODING, HeaderName.UPGRADE};
    private static final byte[] TRAILERS = ascii("trailers");
    private static final byte[] CRUMB = ascii("; ");

    private final int[] at = new int[PSEUDO.length];
    private final int[] lengths = new int[PSEUDO.length];
    private Head head;
    private Part part;
    private boolean regular;
    private boolean malformed;
    private long length;
    private int cookie;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void begin(Head into, Part which) {
        head = into;
        part = which;
        regular = false;
        malformed = false;
        length = -1;
        cookie = -1;
        for (int i = 0; i < PSEUDO.length; i++) {
            lengths[i] = -1;
            at[i] = 0;
        }
    }

    boolean isMalformed() {
        return malformed;
    }

    boolean has(int pseudo) {
        return lengths[pseudo] >= 0;
    }

    int at(int pseudo) {
        return at[pseudo];
    }

    /** -1 when it was not said. */
    int lengthOf(int pseudo) {
        return lengths[pseudo];
    }

    /** Of the body, or -1 when it was not said. */
    long length() {
        return length;
    }

    /** Takes the field that was read last. */
    void take(HpackDecoder field) {
        byte[] area = head.area();
        int nameLength = field.nameLength();
        boolean good = nameLength > 0 && isGoodValue(area, field.valueAt(), field.valueLength())
                && (area[field.nameAt()] == ':' ? pseudo(field) : header(field));
        malformed |= !good;
    }

    private boolean pseudo(HpackDecoder field) {
        int which = PSEUDO.length - 1;
        while (which >= 0 && !Octets.same(head.area(), field.nameAt(), field.nameLength(), PSEUDO[which])) {
            which--;
        }
        boolean expected = part == Part.REQUEST && which >= 0 && which != STATUS
                || part == Part.ANSWER && which == STATUS;
        if (!expected || regular || lengths[which] >= 0) {
            return false;
        }
        if (which == METHOD && !isToken(field.valueAt(), field.valueLength())
                || which == SCHEME && !isScheme(field.valueAt(), field.valueLength())) {
            return false;
        }
        at[which] = field.valueAt();
        lengths[which] = field.valueLength();
        field.keep();
        if (which == AUTHORITY) {
            // HTTP/1 says it first
            head.add(HeaderName.HOST, head.area(), at[which], lengths[which]);
        }
        return true;
    }

    private boolean isToken(int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (!Octets.isToken(head.area()[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean isScheme(int from, int count) {
        byte[] area = head.area();
        for (int i = from; i < from + count; i++) {
            byte c = area[i];
            boolean inner = i > from && (Octets.isDigit(c) || c == '+' || c == '-' || c == '.');
            if (!Octets.isLetter(c) && !inner) {
                return false;
            }
        }
        return true;
    }

    /** Section 8.2.1: no line ends, no NUL, no blanks around. */
    private static boolean isGoodValue(byte[] area, int from, int count) {
        for (int i = from; i < from + count; i++) {
            byte c = area[i];
            if (c == 0 || c == '\r' || c == '\n') {
                return false;
            }
        }
        return count == 0 || !Octets.isBlank(area[from]) && !Octets.isBlank(area[from + count - 1]);
    }

    private boolean header(HpackDecoder field) {
        regular = true;
        byte[] area = head.area();
        int hash = 0;
        for (int i = field.nameAt(); i < field.nameAt() + field.nameLength(); i++) {
            byte c = area[i];
            // a token in lower case is its own lower case
            if (c == 0 || Octets.token(c) != c) {
                return false;
            }
            hash = Octets.hash(hash, c);
        }
        int index = head.file(field.nameAt(), field.nameLength(), hash, field.valueAt(), field.valueLength());
        field.keep();
        return meaning(index);
    }

    private boolean meaning(int index) {
        for (int i = 0; i < OF_CONNECTION.length; i++) {
            if (head.is(index, OF_CONNECTION[i])) {
                return false;
            }
        }
        if (head.is(index, HeaderName.CONTENT_LENGTH)) {
            return contentLength(index);
        } else if (head.is(index, HeaderName.TE)) {
            return Octets.isWord(head.area(), head.valueAt(index), head.valueLength(index), TRAILERS);
        } else if (head.is(index, HeaderName.COOKIE) && part == Part.REQUEST) {
            return crumb(index);
        }
        return true;
    }

    private boolean contentLength(int index) {
        if (part == Part.TRAILERS) {
            return false;
        }
        byte[] area = head.area();
        long value = head.valueLength(index) == 0 ? -1 : 0;
        for (int i = head.valueAt(index); i < head.valueAt(index) + head.valueLength(index); i++) {
            if (!Octets.isDigit(area[i]) || value > (Long.MAX_VALUE - 9) / 10) {
                return false;
            }
            value = value * 10 + area[i] - '0';
        }
        if (value < 0 || length >= 0 && length != value) {
            return false;
        }
        if (length >= 0) {
            head.delete(index);
        }
        length = value;
        return true;
    }

    /** After the last field: cookies go last. */
    void finish() {
        if (cookie >= 0 && head.after(cookie) >= 0) {
            head.file(head.nameAt(cookie), head.nameLength(cookie), head.hash(cookie), head.valueAt(cookie),
                    head.valueLength(cookie));
            head.delete(cookie);
        }
    }

    /** Section 8.2.3: what was split for the sake of compression is one header again. */
    private boolean crumb(int index) {
        if (cookie < 0) {
            cookie = index;
            return true;
        }
        int before = head.valueLength(cookie);
        int more = head.valueLength(index);
        int from = head.reserve(before + CRUMB.length + more);
        byte[] area = head.area();
        System.arraycopy(area, head.valueAt(cookie), area, from, before);
        System.arraycopy(CRUMB, 0, area, from + before, CRUMB.length);
        System.arraycopy(area, head.valueAt(index), area, from + before + CRUMB.length, more);
        head.filled(from + before + CRUMB.length + more);
        head.pointValue(cookie, from, before + CRUMB.length + more);
        head.delete(index);
        return true;
    }
}
