package dev.weir.wire.h1;

import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Method;

/** Reads the heads of answers. What was asked decides how they end. Worker-owned. */
public final class H1ResponseParser extends H1HeadParser {

    private final H1ResponseFields fields;

    public H1ResponseParser(H1Limits limits) {
        this(limits, new H1ResponseFields(limits));
    }

    private H1ResponseParser(H1Limits limits, H1ResponseFields fields) {
        super(limits, fields);
        this.fields = fields;
    }

    /**
     * Says what the coming answers are for.
     *
     * @param upgrade whether the request asks for another protocol
     * @param websocket whether that is websocket
     */
    public void asked(Method method, boolean upgrade, boolean websocket) {
        fields.asked(method, upgrade, websocket);
    }

    /** Says that the coming answers are for this request. */
    public void asked(Head request) {
        boolean upgrade = request.find(HeaderName.UPGRADE) >= 0;
        asked(request.method(), upgrade, upgrade && request.find(HeaderName.SEC_WEBSOCKET_KEY) >= 0);
    }

    /** After DONE: whether raw bytes follow, both ways. */
    public boolean isTunnel() {
        return fields.isTunnel();
    }

    /** After DONE: whether another answer follows this one. */
    public boolean isInformational() {
        int status = facts.message().status();
        return status < 200 && !fields.isTunnel();
    }

    /** Refuses at once what does not begin as the name of a protocol does, or with an empty line. */
    @Override
    H1Error startLineBegun(int start, int end) {
        return H1StatusLine.begun(facts.message().area(), start, end, limits.lenient()) ? null : H1Error.VERSION;
    }

    @Override
    H1Error startLine(Head into, int start, int end) {
        return H1StatusLine.parse(into, start, end, limits.lenient());
    }
}
