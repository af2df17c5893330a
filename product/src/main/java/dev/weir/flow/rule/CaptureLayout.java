package dev.weir.flow.rule;

import dev.weir.wire.http.CookiePairs;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;

/**
 * The capture slots of a frontend. Immutable.
 *
 * @param cookie what {@code capture cookie} looks for, or null
 */
public record CaptureLayout(Slot[] request, Slot[] response, Slot cookie) {

    public static final CaptureLayout NONE = new CaptureLayout(new Slot[0], new Slot[0], null);

    /**
     * One slot.
     *
     * @param header whose value is captured when the head comes, or null where only rules do that
     * @param prefix what the name of a captured cookie starts with, else null
     * @param length the most bytes kept
     */
    public record Slot(HeaderName header, byte[] prefix, int length) {}

    /** The first cookie whose name and value start as wanted, cut to its length; null without one. */
    public byte[] cookie(Head head, boolean ofResponse) {
        HeaderName name = ofResponse ? HeaderName.SET_COOKIE : HeaderName.COOKIE;
        CookiePairs pairs = new CookiePairs();
        for (int i = head.find(name); i >= 0; i = head.find(name, i + 1)) {
            pairs.begin(head.area(), head.valueAt(i), head.valueLength(i), !ofResponse);
            while (pairs.next()) {
                if (pairs.startsWith(cookie.prefix)) {
                    int end = Math.min(pairs.valueEnd(), pairs.pairAt() + cookie.length);
                    return java.util.Arrays.copyOfRange(head.area(), pairs.pairAt(), end);
                }
                if (ofResponse) {
                    break;
                }
            }
        }
        return null;
    }

    public boolean isEmpty() {
        return request.length == 0 && response.length == 0 && cookie == null;
    }
}
