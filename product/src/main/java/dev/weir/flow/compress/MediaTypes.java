package dev.weir.flow.compress;

import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;

/** Whether a body of a message's type is to be compressed. */
final class MediaTypes {

    private MediaTypes() {}

    static boolean isWanted(CompressionTerms terms, Head head) {
        int type = head.find(HeaderName.CONTENT_TYPE);
        if (type < 0) {
            return terms.types().isEmpty();
        }
        byte[] area = head.area();
        int at = head.valueAt(type);
        int length = head.valueLength(type);
        return !CompressionFilter.startsWith(area, at, length, "multipart") && terms.wants(area, at, length);
    }
}
