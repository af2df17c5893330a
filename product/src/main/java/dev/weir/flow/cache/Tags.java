package dev.weir.flow.cache;

import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;

/** Entity tags of {@code If-None-Match}, compared weakly. */
final class Tags {

    private Tags() {}

    /** Whether one of the request's tags is that one. */
    static boolean match(Head request, byte[] etag) {
        int from = weak(etag, 0, etag.length);
        for (int i = request.find(HeaderName.IF_NONE_MATCH); i >= 0; i = request.find(HeaderName.IF_NONE_MATCH, i + 1)) {
            byte[] area = request.area();
            int end = request.valueAt(i) + request.valueLength(i);
            for (int at = request.valueAt(i); at < end; ) {
                int comma = at;
                boolean quoted = false;
                while (comma < end && (quoted || area[comma] != ',')) {
                    quoted ^= area[comma] == '"';
                    comma++;
                }
                if (isSame(area, at, comma, etag, from)) {
                    return true;
                }
                at = comma + 1;
            }
        }
        return false;
    }

    private static boolean isSame(byte[] area, int from, int to, byte[] etag, int etagFrom) {
        int at = from;
        int end = to;
        while (at < end && area[at] == ' ') {
            at++;
        }
        while (end > at && area[end - 1] == ' ') {
            end--;
        }
        if (end - at == 1 && area[at] == '*') {
            return true;
        }
        at = weak(area, at, end);
        return java.util.Arrays.equals(area, at, end, etag, etagFrom, etag.length);
    }

    private static int weak(byte[] area, int at, int end) {
        return end - at > 2 && area[at] == 'W' && area[at + 1] == '/' ? at + 2 : at;
    }
}
