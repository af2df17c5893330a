package dev.weir.keyword.fetch;

import dev.weir.flow.expr.HttpHead;
import dev.weir.model.value.Texts;

/** The name of a header as an expression asks for it; without one every header is meant. Immutable. */
final class HeaderName {

    private final byte[] lower;

    HeaderName(byte[] name) {
        lower = name.clone();
        for (int i = 0; i < lower.length; i++) {
            lower[i] = Texts.lower(lower[i]);
        }
    }

    boolean isAny() {
        return lower.length == 0;
    }

    /** The first such header from this index on, or -1. */
    int find(HttpHead head, int from) {
        int count = head.headers();
        for (int i = from; i < count; i++) {
            if (lower.length == 0 || head.nameLength(i) == lower.length
                    && Texts.equal(lower, 0, head.bytes(), head.nameAt(i), lower.length)) {
                return i;
            }
        }
        return -1;
    }
}
