package dev.weir.flow.cache;

import dev.weir.base.hash.Hash64;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;

/**
 * What {@code Vary} can be about: which codings a client takes, where it comes from. Immutable.
 *
 * @param codings bits of {@link BodyCodings}
 */
record Variant(int codings, long referer, long origin) {

    /** Headers that an answer's {@code Vary} may name. */
    static final int ACCEPT_ENCODING = 1;
    static final int REFERER = 2;
    static final int ORIGIN = 4;
    /** In place of these: it names others, so that it cannot be kept. */
    static final int UNKNOWN = -1;

    private static final HeaderName ORIGIN_NAME = HeaderName.of("origin");

    static Variant of(Head request) {
        return new Variant(BodyCodings.accepted(request), hash(request, HeaderName.REFERER),
                hash(request, ORIGIN_NAME));
    }

    private static long hash(Head request, HeaderName name) {
        int found = request.find(name);
        return found < 0 ? 0 : Hash64.xxh64(request.area(), request.valueAt(found), request.valueLength(found), 1);
    }

    /** Whether an answer that varies by these headers and was given to that request is good for this one. */
    boolean takes(int headers, int coding, Variant first) {
        return ((headers & ACCEPT_ENCODING) == 0 || (codings & coding) != 0)
                && ((headers & REFERER) == 0 || referer == first.referer)
                && ((headers & ORIGIN) == 0 || origin == first.origin);
    }

    /** Which headers the answer varies by. */
    static int headers(Head answer) {
        int headers = 0;
        for (int i = answer.find(HeaderName.VARY); i >= 0; i = answer.find(HeaderName.VARY, i + 1)) {
            for (Words words = new Words(answer, i); words.next(); ) {
                int named = words.is("accept-encoding") ? ACCEPT_ENCODING : words.is("referer") ? REFERER
                        : words.is("origin") ? ORIGIN : UNKNOWN;
                headers = named == UNKNOWN || headers == UNKNOWN ? UNKNOWN : headers | named;
            }
        }
        return headers;
    }
}
