package dev.weir.admin.stats;

/** Text and numbers for a page: whatever comes from a configuration, a client or a server goes through here. */
final class Html {

    private Html() {}

    static void text(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    if (c >= ' ' && c != 127) {
                        out.append(c);
                    } else {
                        out.append(' ');
                    }
                }
            }
        }
    }

    /** With a gap behind the digits that end a group of three. */
    static void number(StringBuilder out, long value) {
        String digits = Long.toString(value);
        for (int i = 0; i < digits.length(); i++) {
            int left = digits.length() - 1 - i;
            char digit = digits.charAt(i);
            if (left > 0 && left % 3 == 0 && digit != '-') {
                out.append("<span class=\"rls\">").append(digit).append("</span>");
            } else {
                out.append(digit);
            }
        }
    }

    /** The two largest units: {@code 1d2h}, {@code 3m5s}. */
    static void duration(StringBuilder out, long seconds) {
        long[] parts = {seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60};
        int first = 0;
        while (first < 3 && parts[first] == 0) {
            first++;
        }
        for (int i = first; i < Math.min(first + 2, 4); i++) {
            out.append(parts[i]).append("dhms".charAt(i));
        }
    }
}
