package dev.weir.text;

/** The reverse of {@link Escaped}: bytes as test rows write them. */
public final class Escaping {

    private Escaping() {}

    public static String row(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            int at = "\r\n\t\0\\".indexOf(b);
            if (at >= 0) {
                out.append('\\').append("rnt0\\".charAt(at));
            } else if (b < 32 || b == 127 || b == '{' || b == '}' || b == ';') {
                out.append("\\x").append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
            } else {
                out.append((char) b);
            }
        }
        return out.toString();
    }
}
