package dev.weir.flow.rule;

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

    public boolean isEmpty() {
        return request.length == 0 && response.length == 0 && cookie == null;
    }
}
