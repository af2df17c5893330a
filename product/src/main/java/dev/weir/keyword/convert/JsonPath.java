package dev.weir.keyword.convert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A path such as {@code $.a.b[2]}; a backslash makes a dot or bracket part of a name. Immutable.
 *
 * @param names the name of each step, null where it is an index
 */
record JsonPath(byte[][] names, int[] indexes) {

    /** Null when it is no path: it then finds nothing, as in HAProxy. */
    static JsonPath parse(String text) {
        if (!text.startsWith("$")) {
            return null;
        }
        List<byte[]> names = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        int at = 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '[') {
                int close = text.indexOf(']', at);
                int index = close < 0 ? -1 : index(text.substring(at + 1, close));
                if (index < 0) {
                    return null;
                }
                names.add(null);
                indexes.add(index);
                at = close + 1;
            } else if (c == '.') {
                StringBuilder name = new StringBuilder();
                at = name(text, at + 1, name);
                if (name.isEmpty()) {
                    return null;
                }
                names.add(name.toString().getBytes(StandardCharsets.ISO_8859_1));
                indexes.add(0);
            } else {
                return null;
            }
        }
        int[] numbers = new int[indexes.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = indexes.get(i);
        }
        return new JsonPath(names.toArray(new byte[0][]), numbers);
    }

    private static int name(String text, int from, StringBuilder name) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        return at;
    }

    private static int index(String digits) {
        if (digits.isEmpty() || digits.length() > 9) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }
}
