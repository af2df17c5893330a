package dev.weir.wire.h1;

import dev.weir.wire.http.Head;
import dev.weir.wire.http.Octets;

/** Reads the heads of requests. Worker-owned. */
public final class H1RequestParser extends H1HeadParser {

    private int methodScanned;
    private boolean oldest;

    public H1RequestParser(H1Limits limits) {
        super(limits, new H1RequestFields(limits));
    }

    /** With a head of its own, ready for the first request. */
    public H1RequestParser(int maxHead, int maxHeaders, boolean lenient) {
        this(new H1Limits(maxHead, maxHeaders, lenient));
        begin(new Head());
    }

    /** Before the next request, into the same head. */
    public void reset() {
        begin(facts.message());
    }

    @Override
    public void begin(Head into) {
        super.begin(into);
        methodScanned = 0;
        oldest = false;
    }

    /** Refuses what cannot be a method at its first wrong byte: a TLS hello never sends a line end. */
    @Override
    H1Error startLineBegun(int start, int end) {
        byte[] area = facts.message().area();
        for (int i = Math.max(methodScanned, start); i < end; i++) {
            byte c = area[i];
            if (Octets.isBlank(c) && i > start) {
                methodScanned = Integer.MAX_VALUE;
                return null;
            }
            // an empty line before the request
            boolean lineEnd = c == '\r' && i == start;
            // a line of HTTP/0.9 and a method alone are told apart when the line is whole
            if (!Octets.isToken(c) && !lineEnd || i > start && area[start] == '\r') {
                return H1Error.METHOD;
            }
            methodScanned = i + 1;
        }
        return null;
    }

    @Override
    H1Error startLine(Head into, int start, int end) {
        H1Error error = H1RequestLine.parse(into, start, end, limits.lenient());
        // without a version there are no headers either
        int target = into.targetAt() + into.targetLength();
        oldest = error == null && Octets.indexOf(into.area(), target, end, (byte) '/') < 0;
        return error;
    }

    @Override
    boolean endsWithStartLine() {
        return oldest;
    }
}
