package dev.weir.wire.h2;

import dev.weir.wire.h1.H1Authority;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Octets;
import java.nio.charset.StandardCharsets;

/**
 * Makes heads of header blocks: RFC 9113 section 8. What is malformed is refused here, so that nothing reaches another
 * protocol that means something else there. A request for a websocket (RFC 8441) becomes the upgrade that HTTP/1 would
 * have sent. Worker-owned.
 */
public final class H2HeadReader {

    /** What became of a block. */
    public enum Outcome {
        GOOD,
        /** The message is against the rules; the connection goes on. */
        MALFORMED,
        /** The block cannot be decoded, and none after it. */
        BROKEN,
        TOO_BIG
    }

    private static final byte[] HTTP = ascii("http");
    private static final byte[] HTTPS = ascii("https");
    private static final byte[] GET = ascii("GET");
    private static final byte[] WEBSOCKET = ascii("websocket");
    private static final byte[] UPGRADE = ascii("upgrade");
    private static final int SWITCHING = 101;

    private final HpackDecoder decoder;
    private final H2Fields fields;
    private final int maxHead;
    private final int maxHeaders;
    private final boolean websockets;

    /**
     * @param maxHeaders as many are one too many
     * @param websockets whether clients were told that they may ask for them
     */
    public H2HeadReader(int tableLimit, int maxHead, int maxHeaders, boolean websockets) {
        decoder = new HpackDecoder(tableLimit);
        fields = new H2Fields();
        this.maxHead = maxHead;
        this.maxHeaders = maxHeaders;
        this.websockets = websockets;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private Outcome read(Head head, byte[] block, int from, int to, H2Fields.Part part) {
        decoder.begin(block, from, to, head);
        fields.begin(head, part);
        while (decoder.next()) {
            fields.take(decoder);
            if (head.used() > maxHead) {
                return Outcome.TOO_BIG;
            }
        }
        if (decoder.isBad()) {
            return Outcome.BROKEN;
        }
        fields.finish();
        return fields.isMalformed() || head.headers() >= maxHeaders ? Outcome.MALFORMED : Outcome.GOOD;
    }

    /** Reads what stands behind a body. */
    public Outcome trailers(Head head, byte[] block, int from, int to) {
        return read(head, block, from, to, H2Fields.Part.TRAILERS);
    }

    /** @param last whether no body follows */
    public Outcome request(Head head, byte[] block, int from, int to, boolean last) {
        Outcome outcome = read(head, block, from, to, H2Fields.Part.REQUEST);
        if (outcome != Outcome.GOOD) {
            return outcome;
        }
        head.version(20);
        return target(head) && frame(head, last, true) ? Outcome.GOOD : Outcome.MALFORMED;
    }

    /** @param bodiless whether the request was one whose answers have no body */
    public Outcome answer(Head head, byte[] block, int from, int to, boolean last, boolean bodiless) {
        Outcome outcome = read(head, block, from, to, H2Fields.Part.ANSWER);
        if (outcome != Outcome.GOOD) {
            return outcome;
        }
        head.version(20);
        int status = status(head);
        if (status < 100 || status == SWITCHING || status < 200 && last) {
            return Outcome.MALFORMED;
        }
        // the reasons of HTTP/1 have no place here, and nobody adds one
        head.pointStatus(status, 0, 0);
        if (status < 200 || status == 204 || status == 304 || bodiless) {
            head.framing(Framing.NONE, Math.max(0, fields.length()));
            return Outcome.GOOD;
        }
        return frame(head, last, false) ? Outcome.GOOD : Outcome.MALFORMED;
    }

    private int status(Head head) {
        int at = fields.at(H2Fields.STATUS);
        if (fields.lengthOf(H2Fields.STATUS) != 3) {
            return -1;
        }
        int status = 0;
        for (int i = at; i < at + 3; i++) {
            byte c = head.area()[i];
            if (!Octets.isDigit(c)) {
                return -1;
            }
            status = status * 10 + c - '0';
        }
        return status;
    }

    /** The length that is said must be the one that comes; without one the pieces tell. */
    private boolean frame(Head head, boolean last, boolean request) {
        long length = fields.length();
        if (last && length > 0) {
            return false;
        }
        if (length >= 0) {
            head.framing(Framing.LENGTH, length);
        } else if (last) {
            head.framing(request ? Framing.NONE : Framing.LENGTH, 0);
        } else if (!isTunnel(head)) {
            head.framing(Framing.CHUNKED, 0);
        }
        return true;
    }

    /** Whether a request asks for raw bytes both ways: then no body follows it. */
    public static boolean isTunnel(Head head) {
        return head.method() == dev.weir.wire.http.Method.CONNECT || head.find(HeaderName.UPGRADE) >= 0;
    }

    private boolean target(Head head) {
        int methodLength = fields.lengthOf(H2Fields.METHOD);
        if (methodLength <= 0) {
            return false;
        }
        head.pointMethod(fields.at(H2Fields.METHOD), methodLength);
        boolean connect = head.method() == dev.weir.wire.http.Method.CONNECT;
        boolean extended = fields.has(H2Fields.PROTOCOL);
        if (extended && !(connect && websockets)) {
            return false;
        }
        if (connect && !extended) {
            return connect(head);
        }
        int scheme = fields.lengthOf(H2Fields.SCHEME);
        int path = fields.lengthOf(H2Fields.PATH);
        if (scheme <= 0 || path <= 0 || !isGoodPath(head, path)) {
            return false;
        }
        boolean plain = isScheme(head, HTTP);
        int authority = authority(head, plain ? 80 : isScheme(head, HTTPS) ? 443 : -1);
        if (authority < 0) {
            return false;
        }
        settleHost(head, authority);
        boolean star = head.area()[fields.at(H2Fields.PATH)] == '*';
        head.composeTarget(fields.at(H2Fields.SCHEME), scheme, fields.at(H2Fields.AUTHORITY), authority,
                fields.at(H2Fields.PATH), star && authority > 0 ? 0 : path);
        return !extended || websocket(head, authority);
    }

    private boolean isScheme(Head head, byte[] name) {
        return Octets.isWord(head.area(), fields.at(H2Fields.SCHEME), fields.lengthOf(H2Fields.SCHEME), name);
    }

    /** Section 8.5: an authority with a port and nothing else. */
    private boolean connect(Head head) {
        int length = fields.lengthOf(H2Fields.AUTHORITY);
        if (length <= 0 || fields.has(H2Fields.SCHEME) || fields.has(H2Fields.PATH) || fields.length() >= 0
                || authority(head, -1) < 0
                || !H1Authority.hasPort(head.area(), fields.at(H2Fields.AUTHORITY), length)) {
            return false;
        }
        settleHost(head, length);
        head.composeTarget(0, 0, fields.at(H2Fields.AUTHORITY), length, 0, 0);
        return true;
    }

    /** The length of the authority without a port that goes without saying; negative if it is none. */
    private int authority(Head head, int port) {
        int length = Math.max(0, fields.lengthOf(H2Fields.AUTHORITY));
        int at = fields.at(H2Fields.AUTHORITY);
        if (fields.has(H2Fields.AUTHORITY) && length == 0) {
            return -1;
        }
        byte[] area = head.area();
        for (int i = at; i < at + length; i++) {
            byte c = area[i];
            if (c <= ' ' || c == 127 || c == '/' || c == '?' || c == '#' || c == '@' || c == '\\') {
                return -1;
            }
        }
        int bare = length == 0 ? 0 : H1Authority.withoutPort(area, at, length, port, port);
        return sameAsHost(head, at, bare, length, port) ? bare : -1;
    }

    /** Section 8.3.1: a Host that says something else is an attempt to be two things at once. */
    private static boolean sameAsHost(Head head, int at, int bare, int length, int port) {
        for (int i = head.find(HeaderName.HOST); i >= 0 && length > 0; i = head.find(HeaderName.HOST, i + 1)) {
            int hostBare = H1Authority.withoutPort(head.area(), head.valueAt(i), head.valueLength(i), port, port);
            if (!Octets.sameIgnoringCase(head.area(), at, bare, head.area(), head.valueAt(i), hostBare)) {
                return false;
            }
        }
        int first = head.find(HeaderName.HOST);
        return length > 0 || first < 0 || head.find(HeaderName.HOST, first + 1) < 0;
    }

    /** What the authority says is said once, and as short. */
    private void settleHost(Head head, int authority) {
        int host = head.find(HeaderName.HOST);
        if (authority > 0 && host >= 0) {
            head.pointValue(host, head.valueAt(host), authority);
            for (int i = head.find(HeaderName.HOST, host + 1); i >= 0; i = head.find(HeaderName.HOST, i + 1)) {
                head.delete(i);
            }
        }
    }

    private boolean isGoodPath(Head head, int length) {
        byte[] area = head.area();
        int at = fields.at(H2Fields.PATH);
        for (int i = at; i < at + length; i++) {
            byte c = area[i];
            if (c <= ' ' || c == 127 || c == '#') {
                return false;
            }
        }
        boolean star = length == 1 && area[at] == '*';
        return area[at] == '/' || star && head.method() == dev.weir.wire.http.Method.OPTIONS;
    }

    /** RFC 8441 as the upgrade of RFC 6455. */
    private boolean websocket(Head head, int authority) {
        boolean known = Octets.isWord(head.area(), fields.at(H2Fields.PROTOCOL), fields.lengthOf(H2Fields.PROTOCOL),
                WEBSOCKET);
        if (!known || authority == 0 || fields.length() >= 0) {
            return false;
        }
        head.setMethod(GET, 0, GET.length);
        head.add(HeaderName.UPGRADE, WEBSOCKET);
        head.add(HeaderName.CONNECTION, UPGRADE);
        head.deleteAll(HeaderName.SEC_WEBSOCKET_KEY);
        byte[] key = WebsocketKey.random();
        return head.add(HeaderName.SEC_WEBSOCKET_KEY, key);
    }
}
