package dev.weir.keyword.fetch;

import dev.weir.flow.expr.Contents;

/**
 * The first ClientHello of a TLS stream (RFC 8446 4.1.2), read in place. Every length is checked; a hello must be
 * complete in one record. Lives for one fetch.
 */
final class ClientHello {

    /** Whether there is one. */
    enum State { NONE, INCOMPLETE, COMPLETE }

    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE = 0x16;

    private final byte[] text;
    private final State state;
    private int end;
    private int ciphersAt;
    private int ciphersLength;
    private int extensionsAt;
    private int at;
    private int length;

    ClientHello(Contents contents) {
        text = contents.bytes();
        state = read(contents.at(), contents.at() + contents.length());
    }

    State state() {
        return state;
    }

    byte[] bytes() {
        return text;
    }

    int ciphersAt() {
        return ciphersAt;
    }

    int ciphersLength() {
        return ciphersLength;
    }

    /** Where the extension that was found begins. */
    int at() {
        return at;
    }

    int length() {
        return length;
    }

    int u16(int place) {
        return (text[place] & 0xff) << 8 | text[place + 1] & 0xff;
    }

    private State read(int from, int to) {
        int there = to - from;
        boolean wrong = there > 0 && text[from] != HANDSHAKE || there > 1 && text[from + 1] != 3
                || there > RECORD_HEADER && text[from + RECORD_HEADER] != 1;
        if (wrong) {
            return State.NONE;
        }
        if (there < RECORD_HEADER + 4) {
            return State.INCOMPLETE;
        }
        int record = u16(from + 3);
        int hello = (text[from + 6] & 0xff) << 16 | u16(from + 7);
        if (hello > record - 4) {
            return State.NONE;
        }
        if (there < RECORD_HEADER + 4 + hello) {
            return State.INCOMPLETE;
        }
        end = from + RECORD_HEADER + 4 + hello;
        return fields(from + RECORD_HEADER + 4) ? State.COMPLETE : State.NONE;
    }

    /** Version, random, session number, ciphers, compressions, extensions. */
    private boolean fields(int from) {
        int place = from + 34;
        if (place >= end) {
            return false;
        }
        place += 1 + (text[place] & 0xff);
        if (place + 2 > end) {
            return false;
        }
        ciphersLength = u16(place);
        ciphersAt = place + 2;
        place = ciphersAt + ciphersLength;
        if (place >= end) {
            return false;
        }
        place += 1 + (text[place] & 0xff);
        if (place + 2 > end) {
            // without extensions
            extensionsAt = end;
            return place <= end;
        }
        extensionsAt = place + 2;
        return u16(place) <= end - extensionsAt;
    }

    /** Finds an extension; its place is then {@link #at}. */
    boolean extension(int type) {
        for (int place = extensionsAt; place + 4 <= end; ) {
            int size = u16(place + 2);
            if (size > end - place - 4) {
                return false;
            }
            if (u16(place) == type) {
                at = place + 4;
                length = size;
                return true;
            }
            place += 4 + size;
        }
        return false;
    }
}
