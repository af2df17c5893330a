package dev.weir.wire.h1;

import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Method;
import dev.weir.wire.http.Octets;

/** What the headers of a request mean to HTTP/1: Host, the websocket key and Expect too. Worker-owned. */
final class H1RequestFields extends H1Fields {

    private static final byte[] CONTINUE = word("100-continue");
    private static final byte[] HTTP = word("http");
    private static final byte[] HTTPS = word("https");
    /** Sixteen bytes in base64. */
    private static final int KEY_LENGTH = 24;

    private int host;
    private boolean hasKey;

    H1RequestFields(H1Limits limits) {
        super(limits);
    }

    @Override
    void begin(H1Head empty) {
        super.begin(empty);
        host = -1;
        hasKey = false;
    }

    @Override
    H1Error added(int index) {
        if (head.is(index, HeaderName.HOST)) {
            return host(index);
        } else if (head.is(index, HeaderName.SEC_WEBSOCKET_KEY)) {
            hasKey |= head.valueLength(index) == KEY_LENGTH;
        } else if (head.is(index, HeaderName.EXPECT)) {
            facts.expectsContinue |=
                    Octets.isWord(head.area(), head.valueAt(index), head.valueLength(index), CONTINUE);
        } else {
            return super.added(index);
        }
        return null;
    }

    private H1Error host(int index) {
        if (host < 0) {
            host = index;
            return null;
        }
        byte[] area = head.area();
        boolean same = Octets.sameIgnoringCase(area, head.valueAt(index), head.valueLength(index),
                area, head.valueAt(host), head.valueLength(host));
        head.delete(index);
        return same ? null : H1Error.HOST;
    }

    @Override
    H1Error finish() {
        settleUpgrade();
        H1Error error = settleFraming();
        if (error != null) {
            return error;
        }
        boolean body = hasCoding || hasLength && length > 0;
        if (body && facts.minorVersion() == 0 && !limits.anyBody() && methodHasNoBody()) {
            return H1Error.BODY_NOT_ALLOWED;
        }
        if (facts.asksWebsocket() && !hasKey && !limits.lenient()) {
            return H1Error.WEBSOCKET;
        }
        return head.authorityLength() > 0 && !limits.lenient() ? authority() : null;
    }

    private boolean methodHasNoBody() {
        Method method = head.method();
        return method == Method.GET || method == Method.HEAD || method == Method.DELETE;
    }

    private H1Error authority() {
        byte[] area = head.area();
        boolean connect = head.schemeLength() == 0;
        boolean http = Octets.isWord(area, head.targetAt(), head.schemeLength(), HTTP);
        boolean https = Octets.isWord(area, head.targetAt(), head.schemeLength(), HTTPS);
        int port = connect || http ? 80 : https ? 443 : -1;
        int other = connect ? 443 : port;
        int at = head.authorityAt();
        int bare = H1Authority.withoutPort(area, at, head.authorityLength(), port, other);
        if (host >= 0) {
            int hostAt = head.valueAt(host);
            int hostBare = H1Authority.withoutPort(area, hostAt, head.valueLength(host), port, other);
            if (!Octets.sameIgnoringCase(area, at, bare, area, hostAt, hostBare)) {
                return H1Error.HOST;
            }
            head.pointValue(host, hostAt, hostBare);
        }
        if (!connect) {
            head.authorityLength(bare);
        }
        return null;
    }
}
