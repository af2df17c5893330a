package dev.weir.flow.cache;

import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;

/** The registered codings of bodies as bits. */
final class BodyCodings {

    private static final String[] NAMES = {"identity", "gzip", "compress", "deflate", "br", "zstd", "exi",
        "pack200-gzip", "aes128gcm"};
    private static final String[] OTHER_NAMES = {"", "x-gzip", "x-compress", "", "", "", "", "", ""};
    private static final int ALL = (1 << NAMES.length) - 1;
    static final int IDENTITY = 1;

    private BodyCodings() {}

    /** What a client takes. */
    static int accepted(Head request) {
        int first = request.find(HeaderName.ACCEPT_ENCODING);
        if (first < 0) {
            return ALL;
        }
        int taken = IDENTITY;
        int refused = 0;
        boolean any = false;
        boolean noOthers = false;
        for (int i = first; i >= 0; i = request.find(HeaderName.ACCEPT_ENCODING, i + 1)) {
            for (Words words = new Words(request, i); words.next(); ) {
                int bit = bit(words);
                if (words.is("*")) {
                    any |= !words.isRefused();
                    noOthers |= words.isRefused();
                } else if (words.isRefused()) {
                    refused |= bit;
                } else {
                    taken |= bit;
                    noOthers &= bit != IDENTITY;
                }
            }
        }
        return (any ? ALL : taken) & ~refused & (noOthers ? ~IDENTITY : ALL);
    }

    /** What an answer is coded in; 0 when that is not known. */
    static int used(Head answer) {
        int header = answer.find(HeaderName.CONTENT_ENCODING);
        if (header < 0) {
            return IDENTITY;
        }
        int bits = 0;
        int words = 0;
        for (Words each = new Words(answer, header); each.next(); words++) {
            bits |= bit(each);
        }
        return words == 1 ? bits : 0;
    }

    private static int bit(Words word) {
        for (int i = 0; i < NAMES.length; i++) {
            if (word.is(NAMES[i]) || !OTHER_NAMES[i].isEmpty() && word.is(OTHER_NAMES[i])) {
                return 1 << i;
            }
        }
        return 0;
    }
}
