package dev.weir.wire.h1;

import dev.weir.text.Escaped;
import dev.weir.text.Escaping;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rows of recorded behaviour: {@code input ; what HAProxy 2.6 made of it}, and where that is not wanted
 * {@code ; what is wanted ; why}.
 */
record H1Rows(String kind, String text, byte[] input, String recorded, String wanted, String reason) {

    private static final int LONG = 1200;

    /** @param kinds whether the rows begin with a kind */
    static List<H1Rows> of(String file, boolean kinds) throws IOException {
        try (InputStream in = H1Rows.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(l -> !l.startsWith("#")).map(l -> row(l, kinds)).toList();
        }
    }

    private static H1Rows row(String line, boolean kinds) {
        String[] part = (kinds ? line : " ; " + line).split(" ; ");
        boolean differs = part.length > 3;
        return new H1Rows(part[0], part[1], Escaped.bytes(part[1]), part[2], differs ? part[3] : part[2],
                differs ? part[4] : null);
    }

    @Override
    public String toString() {
        String name = kind + " " + text;
        return name.length() > 120 ? name.substring(0, 120) : name;
    }

    /** A message as rows write it: all chunks as one, and only the size of what is long. */
    static String written(byte[] message) {
        String text = Escaping.row(joinChunks(message));
        return text.length() > LONG ? "#" + message.length : text;
    }

    /** Where chunks end is no part of a message: gives the same bytes in one chunk. */
    private static byte[] joinChunks(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n") + 4;
        if (head < 4 || !text.substring(0, head).toLowerCase(java.util.Locale.ROOT)
                .contains("\r\ntransfer-encoding: chunked\r\n")) {
            return message;
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int at = head;
        while (true) {
            int line = text.indexOf("\r\n", at);
            if (line < 0) {
                break;
            }
            int size;
            try {
                size = Integer.parseInt(text.substring(at, line), 16);
            } catch (NumberFormatException e) {
                break;
            }
            at = line + 2;
            if (size == 0) {
                break;
            }
            int end = Math.min(at + size, message.length);
            data.write(message, at, end - at);
            at = Math.min(end + 2, message.length);
        }
        String joined = text.substring(0, head) + (data.size() == 0 ? "" : "[" + data.toString(StandardCharsets.ISO_8859_1)
                + "]") + text.substring(at);
        return joined.getBytes(StandardCharsets.ISO_8859_1);
    }
}
