package dev.weir.flow.compress;

import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;

/** The {@code ETag} of an answer whose bytes change: a strong one becomes weak. */
final class EntityTags {

    private EntityTags() {}

    /** Whether there is none, or one that is well formed. */
    static boolean areValid(Head head) {
        int tag = head.find(HeaderName.ETAG);
        if (tag < 0) {
            return true;
        }
        byte[] area = head.area();
        int at = head.valueAt(tag);
        int length = head.valueLength(tag);
        int weak = isWeak(area, at, length) ? 2 : 0;
        return head.find(HeaderName.ETAG, tag + 1) < 0 && length >= weak + 2 && area[at + weak] == '"'
                && area[at + length - 1] == '"';
    }

    private static boolean isWeak(byte[] area, int at, int length) {
        return length > 2 && area[at] == 'W' && area[at + 1] == '/';
    }

    static void weaken(Head head) {
        int tag = head.find(HeaderName.ETAG);
        if (tag < 0 || isWeak(head.area(), head.valueAt(tag), head.valueLength(tag))) {
            return;
        }
        int length = head.valueLength(tag);
        byte[] weak = new byte[length + 2];
        weak[0] = 'W';
        weak[1] = '/';
        System.arraycopy(head.area(), head.valueAt(tag), weak, 2, length);
        head.replaceValue(tag, weak, 0, weak.length);
    }
}
