package dev.weir.it.rows;

/** The bytes that a row asks for, and an answer as it is written in a row. */
final class Asked {

    private Asked() {}

    /** {@code GET /path; Name: value; body=text} in full. */
    static String request(String brief) {
        String[] parts = brief.split("; ");
        StringBuilder head = new StringBuilder(parts[0]).append(" HTTP/1.1\r\n");
        String body = null;
        boolean hasHost = false;
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].startsWith("body=")) {
                body = bytes(parts[i].substring(5));
            } else {
                hasHost |= parts[i].startsWith("Host:");
                head.append(bytes(parts[i])).append("\r\n");
            }
        }
        if (!hasHost) {
            head.insert(head.indexOf("\r\n") + 2, "Host: h\r\n");
        }
        if (body != null) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return head.append("\r\n").append(body == null ? "" : body).toString();
    }

    /** With what stands behind backslashes in its place. */
    static String bytes(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char next = text.charAt(++i);
            switch (next) {
                case 'r' -> out.append('\r');
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'x' -> {
                    out.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> out.append(next);
            }
        }
        return out.toString();
    }

    /** The inverse, on one line. */
    static String shown(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> out.append(c < ' ' || c > '~' ? "\\x%02x".formatted((int) c) : String.valueOf(c));
            }
        }
        return out.toString();
    }
}
