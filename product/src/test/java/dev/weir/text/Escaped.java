package dev.weir.text;

import java.io.ByteArrayOutputStream;

/** Bytes as test rows write them: text with {@code \r \n \0 \t \s \xNN \\} and {@code {text*count}} for repetition. */
public final class Escaped {

    private Escaped() {}

    public static byte[] bytes(String row) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            int close = row.indexOf('}', i);
            int star = close > 0 ? row.lastIndexOf('*', close) : -1;
            if (c == '{' && star > i) {
                String inside = row.substring(i + 1, close);
                star -= i + 1;
                byte[] piece = bytes(inside.substring(0, star));
                for (int n = Integer.parseInt(inside.substring(star + 1)); n > 0; n--) {
                    out.writeBytes(piece);
                }
                i = close;
            } else if (c == '\\') {
                c = row.charAt(++i);
                if (c == 'x') {
                    out.write(Integer.parseInt(row.substring(i + 1, i + 3), 16));
                    i += 2;
                } else {
                    int at = "rn0ts\\".indexOf(c);
                    out.write("\r\n\0\t \\".charAt(at));
                }
            } else {
                out.write(c);
            }
        }
        return out.toByteArray();
    }
}
