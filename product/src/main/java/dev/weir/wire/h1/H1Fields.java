package dev.weir.wire.h1;

import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.ListCursor;
import dev.weir.wire.http.Octets;
import java.nio.charset.StandardCharsets;

/**
 * The headers that say how a message is framed and what becomes of its connection: Content-Length, Transfer-Encoding,
 * Connection, Upgrade. What is said twice is said once afterwards. Worker-owned.
 */
abstract class H1Fields {

    static final byte[] CHUNKED = word("chunked");
    private static final byte[] H2C = word("h2c");
    private static final byte[] WEBSOCKET = word("websocket");

    final H1Limits limits;
    final ListCursor cursor = new ListCursor();
    private final H1Connection connections = new H1Connection();
    H1Head facts;
    Head head;
    boolean hasLength;
    boolean hasCoding;
    long length;
    private boolean chunked;
    private boolean unknownCoding;

    H1Fields(H1Limits limits) {
        this.limits = limits;
    }

    static byte[] word(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void begin(H1Head empty) {
        facts = empty;
        head = empty.message();
        hasLength = false;
        hasCoding = false;
        length = 0;
        chunked = false;
        unknownCoding = false;
    }

    /** Looks at a header that has been filed; drops it when it only repeats what is known. */
    H1Error added(int index) {
        if (head.is(index, HeaderName.CONTENT_LENGTH)) {
            return contentLength(index);
        } else if (head.is(index, HeaderName.TRANSFER_ENCODING)) {
            return transferEncoding(index);
        } else if (head.is(index, HeaderName.CONNECTION)) {
            facts.connection |= connections.take(head, index);
        } else if (head.is(index, HeaderName.UPGRADE)) {
            upgrade(index);
        }
        return null;
    }

    private H1Error contentLength(int index) {
        int firstAt = -1;
        int firstLength = 0;
        cursor.over(head.area(), head.valueAt(index), head.valueLength(index));
        while (cursor.advance()) {
            long value = decimal(cursor.area(), cursor.at(), cursor.length());
            if (value < 0 || hasLength && value != length) {
                return H1Error.CONTENT_LENGTH;
            }
            if (!hasLength) {
                firstAt = cursor.at();
                firstLength = cursor.length();
            }
            hasLength = true;
            length = value;
        }
        if (firstAt < 0) {
            head.delete(index);
        } else {
            head.pointValue(index, firstAt, firstLength);
        }
        return null;
    }

    /** -1 for what is no decimal number below 2^63. */
    static long decimal(byte[] area, int at, int count) {
        long value = count == 0 ? -1 : 0;
        for (int i = at; i < at + count; i++) {
            byte c = area[i];
            if (!Octets.isDigit(c) || value > (Long.MAX_VALUE - (c - '0')) / 10) {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private H1Error transferEncoding(int index) {
        hasCoding = true;
        cursor.over(head.area(), head.valueAt(index), head.valueLength(index));
        while (cursor.advance()) {
            boolean isChunked = cursor.is(CHUNKED);
            boolean wrong = cursor.length() == 0 || chunked;
            if (wrong && !(acceptsOddCodings() && (isChunked || cursor.length() == 0))) {
                return H1Error.TRANSFER_ENCODING;
            }
            chunked |= isChunked;
            unknownCoding |= !isChunked && cursor.length() > 0;
        }
        return null;
    }

    /** Whether empty and repeated codings are looked over. */
    boolean acceptsOddCodings() {
        return false;
    }

    private void upgrade(int index) {
        boolean h2c = false;
        cursor.over(head.area(), head.valueAt(index), head.valueLength(index));
        while (cursor.advance()) {
            h2c |= cursor.is(H2C);
            facts.websocket |= cursor.is(WEBSOCKET);
        }
        if (h2c) {
            // it never comes to that protocol through us, and what speaks it is not looked into
            connections.dropWord(head, index, H2C);
        }
        facts.hasUpgrade |= head.nameLength(index) >= 0;
    }

    /** After the last header: how the message is framed, and whether its parts agree. */
    abstract H1Error finish();

    /** Upgrade goes together with Connection: one without the other is dropped, and both where a body follows. */
    final void settleUpgrade() {
        boolean said = (facts.connection & H1Connection.UPGRADE) != 0;
        boolean body = hasCoding || length > 0;
        if (facts.hasUpgrade == said && !(said && body && head.isRequest())) {
            return;
        }
        head.deleteAll(HeaderName.UPGRADE);
        for (int i = head.find(HeaderName.CONNECTION, 0); i >= 0; i = head.find(HeaderName.CONNECTION, i + 1)) {
            connections.drop(head, i, H1Connection.UPGRADE);
        }
        facts.hasUpgrade = false;
        facts.connection &= ~H1Connection.UPGRADE;
    }

    /** By the codings and the length; what has neither is left as it is. */
    final H1Error settleFraming() {
        if (unknownCoding || hasCoding && !chunked) {
            return H1Error.UNKNOWN_CODING;
        }
        if (hasCoding) {
            head.framing(Framing.CHUNKED, 0);
            facts.closes = facts.minorVersion() == 0;
            if (hasLength) {
                // the other end may have believed the length: nothing after this message can be trusted
                head.deleteAll(HeaderName.CONTENT_LENGTH);
                facts.closes |= !limits.keepInsecure();
            }
        } else if (hasLength) {
            head.framing(Framing.LENGTH, length);
        }
        return null;
    }
}
