package dev.weir.wire.h2;

/**
 * The Huffman code of RFC 7541, appendix B. It is canonical: codes of one length follow each other in the order of their
 * symbols, so that the lengths say everything. Immutable.
 */
final class HpackHuffman {

    /** What {@link #decode} answers when the bytes are no such code. */
    static final int BAD = -1;

    private static final int END = 256;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 30;
    private static final int QUICK = 9;
    /** The length of each symbol's code, as a letter from A = 1 on; the last one ends a text and never stands in one. */
    private static final String LENGTHS = "MW\\\\\\\\\\\\\\X^\\\\^\\\\\\\\\\\\\\\\^\\\\\\\\\\\\\\\\\\FJJLMFHKJJHKHFFFEEEFFFFFFFGHOFLJ"
            + "MFGGGGGGGGGGGGGGGGGGGGGGHGHMSMNFOEFEFEFFFEGGFFFEFGFEEFGGGGGOKNM\\"
            + "TVTTVVVWVWWWWWXWXXVWXWWWWUVWVWWXVUTVVWWUWVVXUVWWUUVUWVWWTVVVWVVW"
            + "ZZTSVWVYZZZ[[ZXYSUZ[[Z[XUUZZ\\[[[TXTUVUUWVVYYXXZWZ[ZZ[[[[[\\[[[[[Z"
            + "^";

    private static final int[] FIRST_CODE = new int[LONGEST + 2];
    private static final int[] FIRST_AT = new int[LONGEST + 2];
    private static final int[] COUNT = new int[LONGEST + 2];
    private static final int[] SYMBOLS = new int[END + 1];
    /** By the next bits: symbol and length of a short code, 0 for a longer one. */
    private static final int[] SHORT = new int[1 << QUICK];

    static {
        int code = 0;
        int at = 0;
        for (int length = SHORTEST; length <= LONGEST; length++) {
            FIRST_CODE[length] = code;
            FIRST_AT[length] = at;
            for (int symbol = 0; symbol <= END; symbol++) {
                if (LENGTHS.charAt(symbol) - 'A' + 1 == length) {
                    SYMBOLS[at++] = symbol;
                    fill(code, length, symbol);
                    code++;
                }
            }
            COUNT[length] = at - FIRST_AT[length];
            code <<= 1;
        }
    }

    private HpackHuffman() {}

    private static void fill(int code, int length, int symbol) {
        if (length <= QUICK) {
            int from = code << QUICK - length;
            for (int i = 0; i < 1 << QUICK - length; i++) {
                SHORT[from + i] = symbol << 8 | length;
            }
        }
    }

    /** Whether the lengths make a code that uses up all its words: for the test. */
    static boolean isComplete() {
        long words = 0;
        for (int length = SHORTEST; length <= LONGEST; length++) {
            words += (long) COUNT[length] << LONGEST - length;
        }
        return words == 1L << LONGEST && LENGTHS.length() == END + 1;
    }

    /** The most bytes that so many bytes can become. */
    static int room(int length) {
        return length * 8 / SHORTEST + 1;
    }

    /** Decodes into a place with {@link #room} and tells how many bytes there are, or {@link #BAD}. */
    static int decode(byte[] in, int from, int to, byte[] out, int outAt) {
        long bits = 0;
        int count = 0;
        int at = from;
        int written = outAt;
        while (true) {
            while (count <= 32 && at < to) {
                bits = bits << 8 | in[at++] & 0xff;
                count += 8;
            }
            if (count < SHORTEST) {
                break;
            }
            // behind the end stands padding of ones
            int window = count >= 32 ? (int) (bits >>> count - 32) : (int) (bits << 32 - count) | -1 >>> count;
            int quick = SHORT[window >>> 32 - QUICK];
            int length;
            int symbol;
            if (quick != 0) {
                length = quick & 0xff;
                symbol = quick >>> 8;
            } else {
                length = lengthOf(window);
                symbol = SYMBOLS[FIRST_AT[length] + (window >>> 32 - length) - FIRST_CODE[length]];
            }
            if (length > count) {
                break;
            }
            if (symbol == END) {
                return BAD;
            }
            out[written++] = (byte) symbol;
            count -= length;
        }
        // at most seven ones fill the last byte
        boolean padded = count < 8 && (bits & (1L << count) - 1) == (1L << count) - 1;
        return padded ? written - outAt : BAD;
    }

    private static int lengthOf(int window) {
        int length = QUICK + 1;
        while (length < LONGEST && (window >>> 32 - length) - FIRST_CODE[length] >= COUNT[length]) {
            length++;
        }
        return length;
    }
}
