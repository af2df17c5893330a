package dev.weir.flow.expr;

import dev.weir.base.log.LogLine;
import dev.weir.flow.expr.LogValue.Type;

/**
 * Writes values as JSON or CBOR (configuration.txt 8.2.6). CBOR is written as hexadecimal digits unless binary is asked
 * for; what the manual leaves open is RFC 8949: maps and lists without a length, texts with one. Stateless.
 */
enum LogEncoding {

    JSON {
        @Override
        void open(LogLine out) {
            out.put('{');
        }

        @Override
        void name(LogLine out, byte[] name, boolean first) {
            if (!first) {
                out.put(',').put(' ');
            }
            text(out, name, 0, name.length);
            out.put(':').put(' ');
        }

        @Override
        void close(LogLine out) {
            out.put('}');
        }

        @Override
        void absent(LogLine out) {
            out.put('n').put('u').put('l').put('l');
        }

        @Override
        void truth(LogLine out, boolean value) {
            out.put(value ? TRUE : FALSE);
        }

        @Override
        void number(LogLine out, long value) {
            out.putNumber(value);
        }

        @Override
        void text(LogLine out, byte[] text, int from, int to) {
            out.put('"');
            for (int i = from; i < to; i++) {
                byte c = text[i];
                if (c == '"' || c == '\\') {
                    out.put('\\').put(c);
                } else if (c >= 0 && c < 32 || c == 127) {
                    out.put('\\').put('u').put('0').put('0').putHex(c, 2);
                } else {
                    out.put(c);
                }
            }
            out.put('"');
        }

        @Override
        void openList(LogLine out) {
            out.put('[');
        }

        @Override
        void between(LogLine out) {
            out.put(',').put(' ');
        }

        @Override
        void closeList(LogLine out) {
            out.put(']');
        }
    },

    CBOR {
        @Override
        void octet(LogLine out, int value) {
            out.putHex(value & 0xff, 2);
        }
    },

    BINARY_CBOR;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final int TEXT = 0x60;
    private static final int OPEN_LIST = 0x9f;
    private static final int OPEN_MAP = 0xbf;
    private static final int BREAK = 0xff;

    /** The encoding that these flags ask for, or null. */
    static LogEncoding of(int flags) {
        if ((flags & LogFlags.JSON) != 0) {
            return JSON;
        }
        return (flags & LogFlags.CBOR) == 0 ? null : (flags & LogFlags.BINARY) != 0 ? BINARY_CBOR : CBOR;
    }

    /** Writes a value that was appended bare to a line of its own. */
    final void value(LogLine out, LogLine bare, Type type) {
        switch (type) {
            case ABSENT -> absent(out);
            case TEXT -> text(out, bare.array(), 0, bare.length());
            case NUMBER -> number(out, LogNumbers.leading(bare.array(), bare.length()));
            case BOOLEAN -> truth(out, LogNumbers.leading(bare.array(), bare.length()) != 0);
            case LIST -> list(out, bare.array(), bare.length());
        }
    }

    private void list(LogLine out, byte[] texts, int length) {
        openList(out);
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (texts[i] == 0) {
                if (from > 0) {
                    between(out);
                }
                text(out, texts, from, i);
                from = i + 1;
            }
        }
        closeList(out);
    }

    void open(LogLine out) {
        octet(out, OPEN_MAP);
    }

    void name(LogLine out, byte[] name, boolean first) {
        text(out, name, 0, name.length);
    }

    void close(LogLine out) {
        octet(out, BREAK);
    }

    void absent(LogLine out) {
        octet(out, 0xf6);
    }

    void truth(LogLine out, boolean value) {
        octet(out, value ? 0xf5 : 0xf4);
    }

    void number(LogLine out, long value) {
        head(out, value < 0 ? 0x20 : 0, value < 0 ? ~value : value);
    }

    void text(LogLine out, byte[] text, int from, int to) {
        head(out, TEXT, to - from);
        for (int i = from; i < to; i++) {
            octet(out, text[i]);
        }
    }

    void openList(LogLine out) {
        octet(out, OPEN_LIST);
    }

    void between(LogLine out) {
        // its items say how long they are
    }

    void closeList(LogLine out) {
        octet(out, BREAK);
    }

    void octet(LogLine out, int value) {
        out.put(value);
    }

    /** The kind of an item and its number, in as few bytes as there are. */
    private void head(LogLine out, int kind, long number) {
        int bytes = number < 24 ? 0 : number < 1 << 8 ? 1 : number < 1 << 16 ? 2 : number < 1L << 32 ? 4 : 8;
        octet(out, kind | switch (bytes) {
            case 0 -> (int) number;
            case 1 -> 24;
            case 2 -> 25;
            case 4 -> 26;
            default -> 27;
        });
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            octet(out, (int) (number >>> shift));
        }
    }
}
