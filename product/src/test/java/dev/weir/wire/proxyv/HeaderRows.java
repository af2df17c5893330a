package dev.weir.wire.proxyv;

import dev.weir.text.Escaped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The rows of headers.txt. */
record HeaderRows(String text, byte[] bytes, HeaderReader reader, String verdict, String source, String destination) {

    static List<HeaderRows> all() throws IOException {
        List<HeaderRows> rows = new ArrayList<>();
        try (InputStream in = HeaderRows.class.getResourceAsStream("headers.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("#")) {
                    rows.add(row(line));
                }
            }
        }
        return rows;
    }

    private static HeaderRows row(String line) {
        String[] part = line.split("\\|", -1);
        String bytes = part[1].substring(1, part[1].length() - 1);
        boolean proxy = part[0].trim().equals("PRX");
        if (proxy && bytes.startsWith("S\\")) {
            bytes = "\\r\\n\\r\\n\\0\\r\\nQUIT\\n" + bytes.substring(1)
                    .replace("A", "\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08\\x00\\x01\\x00\\x02");
        } else if (!proxy) {
            bytes = bytes.replace("I", "\\x45\\x00\\x00\\x28\\x00\\x01\\x00\\x00\\x40\\x06\\x00\\x00\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08")
                    .replace("X", "\\x60\\x00\\x00\\x00\\x00\\x14\\x06\\x40\\x20\\x01\\x0d\\xb8{\\x00*11}\\x01\\x20\\x01\\x0d\\xb8{\\x00*11}\\x02")
                    .replace("T", "\\x04\\x57\\x08\\xae{\\x00*8}\\x50\\x00\\x00\\x64{\\x00*4}");
        }
        return new HeaderRows(line, Escaped.bytes(bytes),
                proxy ? new ProxyHeaderReader() : new NetScalerCipReader(0x12345678), part[2].trim(),
                expected(part, 3), expected(part, 4));
    }

    private static String expected(String[] part, int at) {
        return at < part.length ? new String(Escaped.bytes(part[at].trim()), StandardCharsets.ISO_8859_1) : "";
    }

    @Override
    public String toString() {
        return text;
    }
}
