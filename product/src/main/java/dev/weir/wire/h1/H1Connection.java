package dev.weir.wire.h1;

import dev.weir.wire.http.HeaderList;
import dev.weir.wire.http.ListCursor;
import java.nio.charset.StandardCharsets;

/**
 * Reads the words of a Connection header and takes those out of it that we answer for ourselves. Words that are left stay
 * as they are. Worker-owned.
 */
final class H1Connection {

    static final int CLOSE = 1;
    static final int KEEP_ALIVE = 2;
    static final int UPGRADE = 4;

    private static final byte[][] WORDS = {word("close"), word("keep-alive"), word("upgrade")};

    private final ListCursor cursor = new ListCursor();

    private static byte[] word(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The flags of the words in a value. */
    int read(HeaderList list, int index) {
        int found = 0;
        cursor.over(list.area(), list.valueAt(index), list.valueLength(index));
        while (cursor.advance()) {
            found |= flag();
        }
        return found;
    }

    /** Reads a value and takes out what we answer for ourselves; without another word the header is deleted. */
    int take(HeaderList list, int index) {
        int found = read(list, index);
        if (found != UPGRADE && (found != 0 || isEmpty(list, index))) {
            drop(list, index, CLOSE | KEEP_ALIVE);
        }
        return found;
    }

    private boolean isEmpty(HeaderList list, int index) {
        cursor.over(list.area(), list.valueAt(index), list.valueLength(index));
        while (cursor.advance()) {
            if (cursor.length() > 0) {
                return false;
            }
        }
        return true;
    }

    private int flag() {
        for (int i = 0; i < WORDS.length; i++) {
            if (cursor.is(WORDS[i])) {
                return 1 << i;
            }
        }
        return 0;
    }

    /** Takes the words with these flags out; a header that is empty then is deleted. */
    void drop(HeaderList list, int index, int flags) {
        byte[] area = list.area();
        int from = list.valueAt(index);
        int to = from;
        cursor.over(area, from, list.valueLength(index));
        // what is kept only moves to the front, and never over what is still to be read
        while (cursor.advance()) {
            if ((flag() & flags) == 0 && cursor.length() > 0) {
                if (to > from) {
                    area[to++] = ',';
                }
                System.arraycopy(area, cursor.at(), area, to, cursor.length());
                to += cursor.length();
            }
        }
        finish(list, index, from, to);
    }

    /** Takes an element out of an Upgrade header. */
    void dropWord(HeaderList list, int index, byte[] lowerCase) {
        byte[] area = list.area();
        int from = list.valueAt(index);
        int to = from;
        cursor.over(area, from, list.valueLength(index));
        while (cursor.advance()) {
            if (!cursor.is(lowerCase)) {
                if (to > from) {
                    area[to++] = ',';
                }
                System.arraycopy(area, cursor.at(), area, to, cursor.length());
                to += cursor.length();
            }
        }
        finish(list, index, from, to);
    }

    private static void finish(HeaderList list, int index, int from, int to) {
        if (to == from) {
            list.delete(index);
        } else {
            list.pointValue(index, from, to - from);
        }
    }
}
