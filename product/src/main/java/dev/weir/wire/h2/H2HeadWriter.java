package dev.weir.wire.h2;

import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderList;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Method;
import dev.weir.wire.http.Octets;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes heads as header blocks. What only HTTP/1 knows is left out; an upgrade to websocket becomes the CONNECT of RFC
 * 8441, its answer a success. Worker-owned.
 */
public final class H2HeadWriter {

    private static final int AROUND = 64;
    private static final int MOST_DIGITS = 19;
    private static final byte[] CONNECT = ascii("CONNECT");
    private static final byte[] PROTOCOL = ascii(":protocol");
    private static final byte[] WEBSOCKET = ascii("websocket");
    private static final byte[] TRAILERS = ascii("trailers");
    private static final byte[] ROOT = ascii("/");
    private static final byte[] STAR = ascii("*");
    private static final HeaderName[] OF_CONNECTION = {HeaderName.CONNECTION, HeaderName.PROXY_CONNECTION,
        HeaderName.KEEP_ALIVE, HeaderName.TRANSFER_ENCODING, HeaderName.UPGRADE};
    private static final int CONTENT_LENGTH = 28;

    private final byte[] digits = new byte[MOST_DIGITS];
    private boolean measured;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** An upper bound of what a block will take. */
    public static int room(HeaderList head) {
        return head.size() * 2 + AROUND;
    }

    public static int room(Head head) {
        return room((HeaderList) head) + head.methodLength() + head.targetLength() + head.authorityLength()
                + head.pathLength();
    }

    /** Whether a request asks to change to websocket. */
    public static boolean asksWebsocket(Head head) {
        int upgrade = head.find(HeaderName.UPGRADE);
        return upgrade >= 0
                && Octets.isWord(head.area(), head.valueAt(upgrade), head.valueLength(upgrade), WEBSOCKET);
    }

    public void answer(Head head, ByteBuf out) {
        int status = head.status() == 101 ? 200 : head.status();
        int known = known(status);
        if (known > 0) {
            HpackEncoder.indexed(known, out);
        } else {
            int from = decimal(status);
            HpackEncoder.named(HpackStatic.STATUS_200, digits, from, MOST_DIGITS - from, out);
        }
        headers(head, out);
    }

    private static int known(int status) {
        return switch (status) {
            case 200 -> HpackStatic.STATUS_200;
            case 204 -> HpackStatic.STATUS_200 + 1;
            case 206 -> HpackStatic.STATUS_200 + 2;
            case 304 -> HpackStatic.STATUS_200 + 3;
            case 400 -> HpackStatic.STATUS_200 + 4;
            case 404 -> HpackStatic.STATUS_200 + 5;
            case 500 -> HpackStatic.STATUS_200 + 6;
            default -> 0;
        };
    }

    private int decimal(long value) {
        int at = MOST_DIGITS;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        return at;
    }

    /** @param secure which scheme is told where the request says none */
    public void request(Head head, boolean secure, ByteBuf out) {
        byte[] area = head.area();
        boolean websocket = asksWebsocket(head);
        if (head.method() == Method.GET && !websocket) {
            HpackEncoder.indexed(HpackStatic.METHOD_GET, out);
        } else if (head.method() == Method.POST) {
            HpackEncoder.indexed(HpackStatic.METHOD_POST, out);
        } else if (websocket) {
            HpackEncoder.named(HpackStatic.METHOD_GET, CONNECT, 0, CONNECT.length, out);
        } else {
            HpackEncoder.named(HpackStatic.METHOD_GET, area, head.methodAt(), head.methodLength(), out);
        }
        if (websocket) {
            HpackEncoder.plain(PROTOCOL, WEBSOCKET, 0, WEBSOCKET.length, out);
        }
        if (head.method() != Method.CONNECT) {
            if (head.schemeLength() > 0) {
                HpackEncoder.named(HpackStatic.SCHEME_HTTP, area, head.targetAt(), head.schemeLength(), out);
            } else {
                HpackEncoder.indexed(secure ? HpackStatic.SCHEME_HTTPS : HpackStatic.SCHEME_HTTP, out);
            }
            path(head, out);
        }
        authority(head, out);
        headers(head, out);
    }

    private static void path(Head head, ByteBuf out) {
        byte[] area = head.area();
        int length = head.pathLength();
        if (length == 1 && area[head.pathAt()] == '/') {
            HpackEncoder.indexed(HpackStatic.PATH_ROOT, out);
        } else if (length > 0) {
            HpackEncoder.named(HpackStatic.PATH_ROOT, area, head.pathAt(), length, out);
        } else {
            byte[] whole = head.method() == Method.OPTIONS ? STAR : ROOT;
            HpackEncoder.named(HpackStatic.PATH_ROOT, whole, 0, 1, out);
        }
    }

    /** What rules have made of Host is what counts. */
    private static void authority(Head head, ByteBuf out) {
        int host = head.method() == Method.CONNECT ? -1 : head.find(HeaderName.HOST);
        if (host >= 0) {
            HpackEncoder.named(HpackStatic.AUTHORITY, head.area(), head.valueAt(host), head.valueLength(host), out);
        } else if (head.authorityLength() > 0) {
            HpackEncoder.named(HpackStatic.AUTHORITY, head.area(), head.authorityAt(), head.authorityLength(), out);
        }
    }

    private void headers(Head head, ByteBuf out) {
        measured = false;
        boolean tunnel = head.status() == 101 || asksWebsocket(head);
        for (int i = head.first(); i >= 0; i = head.after(i)) {
            if (!isLeftOut(head, i, tunnel)) {
                HpackEncoder.header(head, i, out);
            }
        }
        boolean tells = head.framing() == Framing.LENGTH && (head.bodyLength() > 0 || !head.isRequest());
        if (tells && !measured) {
            int from = decimal(head.bodyLength());
            HpackEncoder.named(CONTENT_LENGTH, digits, from, MOST_DIGITS - from, out);
        }
    }

    private boolean isLeftOut(Head head, int index, boolean tunnel) {
        for (int i = 0; i < OF_CONNECTION.length; i++) {
            if (head.is(index, OF_CONNECTION[i])) {
                return true;
            }
        }
        if (head.is(index, HeaderName.CONTENT_LENGTH)) {
            return isWrongLength(head, index);
        }
        if (head.is(index, HeaderName.TE)) {
            return !Octets.isWord(head.area(), head.valueAt(index), head.valueLength(index), TRAILERS);
        }
        return head.isRequest() && head.is(index, HeaderName.HOST)
                || tunnel && (head.is(index, HeaderName.SEC_WEBSOCKET_KEY)
                        || head.is(index, HeaderName.SEC_WEBSOCKET_ACCEPT));
    }

    /** As HTTP/1's writer does: only one that is right, and that once. */
    private boolean isWrongLength(Head head, int index) {
        if (head.framing() == Framing.NONE) {
            return head.isRequest() || head.status() < 200 || head.status() == 204;
        }
        long value = 0;
        for (int i = head.valueAt(index); i < head.valueAt(index) + head.valueLength(index); i++) {
            value = value * 10 + head.area()[i] - '0';
        }
        boolean right = head.framing() == Framing.LENGTH && value == head.bodyLength() && !measured;
        measured |= right;
        return !right;
    }

    /** What stands behind a body. */
    public void trailers(HeaderList list, ByteBuf out) {
        for (int i = list.first(); i >= 0; i = list.after(i)) {
            HpackEncoder.header(list, i, out);
        }
    }
}
