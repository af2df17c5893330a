package dev.weir.flow.compress;

import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;

/** Old browsers that say they accept what they cannot decode. */
final class Browsers {

    private static final String OLD = "mozilla/4";
    private static final String EXPLORER = " msie ";
    private static final int EXPLORER_AT = 24;
    private static final int VERSION_AT = EXPLORER_AT + 6;

    private Browsers() {}

    /** All that call themselves Mozilla 4, but for Internet Explorer from 7 on, and 6 in its second service pack. */
    static boolean cannotDecode(Head request) {
        int agent = request.find(HeaderName.USER_AGENT);
        if (agent < 0) {
            return false;
        }
        byte[] area = request.area();
        int at = request.valueAt(agent);
        int length = request.valueLength(agent);
        if (!CompressionFilter.startsWith(area, at, length, OLD)) {
            return false;
        }
        boolean explorer = length > VERSION_AT
                && CompressionFilter.startsWith(area, at + EXPLORER_AT, length - EXPLORER_AT, EXPLORER);
        return !explorer || area[at + VERSION_AT] < '6'
                || area[at + VERSION_AT] == '6' && !contains(area, at + VERSION_AT, at + length, "sv1");
    }

    private static boolean contains(byte[] area, int from, int to, String text) {
        for (int at = from; at < to; at++) {
            if (CompressionFilter.startsWith(area, at, to - at, text)) {
                return true;
            }
        }
        return false;
    }
}
