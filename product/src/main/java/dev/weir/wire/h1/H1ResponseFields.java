package dev.weir.wire.h1;

import dev.weir.wire.http.Framing;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Method;

/** What the headers of an answer mean to HTTP/1, which depends on the request. Worker-owned. */
final class H1ResponseFields extends H1Fields {

    private static final int SWITCHING = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private Method asked = Method.GET;
    private boolean askedUpgrade;
    private boolean askedWebsocket;
    private boolean hasAccept;
    private boolean tunnel;

    H1ResponseFields(H1Limits limits) {
        super(limits);
    }

    void asked(Method method, boolean upgrade, boolean websocket) {
        asked = method;
        askedUpgrade = upgrade;
        askedWebsocket = websocket;
    }

    boolean isTunnel() {
        return tunnel;
    }

    @Override
    void begin(H1Head empty) {
        super.begin(empty);
        hasAccept = false;
        tunnel = false;
    }

    @Override
    H1Error added(int index) {
        hasAccept |= head.is(index, HeaderName.SEC_WEBSOCKET_ACCEPT);
        return super.added(index);
    }

    @Override
    boolean acceptsOddCodings() {
        return limits.lenient();
    }

    @Override
    H1Error finish() {
        settleUpgrade();
        H1Error error = settleFraming();
        if (error != null) {
            return error;
        }
        int status = head.status();
        if (status == SWITCHING && !maySwitch()) {
            return facts.asksUpgrade() && askedUpgrade ? H1Error.WEBSOCKET : H1Error.UPGRADE;
        }
        tunnel = status == SWITCHING || asked == Method.CONNECT && status >= 200 && status < 300;
        if (status < 200 || status == NO_CONTENT) {
            head.deleteAll(HeaderName.CONTENT_LENGTH);
            head.deleteAll(HeaderName.TRANSFER_ENCODING);
            facts.closes = false;
            head.framing(Framing.NONE, 0);
        } else if (tunnel || status == NOT_MODIFIED || asked == Method.HEAD) {
            head.framing(Framing.NONE, length);
        } else if (!hasCoding && !hasLength) {
            head.framing(Framing.UNTIL_CLOSE, 0);
        }
        return null;
    }

    /** Only to what was asked for, and a websocket only with a proof that the question was understood. */
    private boolean maySwitch() {
        return askedUpgrade && facts.asksUpgrade()
                && (!askedWebsocket || !facts.asksWebsocket() || hasAccept || limits.lenient());
    }
}
