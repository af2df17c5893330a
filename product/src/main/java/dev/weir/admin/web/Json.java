package dev.weir.admin.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a JSON text strictly (RFC 8259): objects become maps, arrays lists, integers longs, other numbers texts. Repeated
 * names, deep nesting and anything behind the value are errors. One use.
 */
final class Json {

    private static final int DEEPEST = 16;

    private final String text;
    private int at;
    private boolean wrong;

    private Json(String text) {
        this.text = text;
    }

    /** The object that a text is, or null when it is none. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        Json json = new Json(text);
        json.blanks();
        Object value = json.value(0);
        json.blanks();
        return json.wrong || json.at < text.length() || !(value instanceof Map<?, ?>) ? null : (Map<String, Object>) value;
    }

    private Object value(int depth) {
        char c = peek();
        if (depth > DEEPEST) {
            return fail();
        }
        return switch (c) {
            case '{' -> members(depth);
            case '[' -> elements(depth);
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> members(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        blanks();
        boolean more = !take('}');
        while (more && !wrong) {
            String name = peek() == '"' ? string() : (String) fail();
            blanks();
            if (wrong || !take(':') || members.containsKey(name)) {
                fail();
                break;
            }
            blanks();
            members.put(name, value(depth + 1));
            blanks();
            more = take(',');
            blanks();
            if (!more && !take('}')) {
                fail();
            }
        }
        return members;
    }

    private List<Object> elements(int depth) {
        List<Object> elements = new ArrayList<>();
        at++;
        blanks();
        boolean more = !take(']');
        while (more && !wrong) {
            elements.add(value(depth + 1));
            blanks();
            more = take(',');
            blanks();
            if (!more && !take(']')) {
                fail();
            }
        }
        return elements;
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (!wrong && !take('"')) {
            char c = peek();
            at++;
            if (c < ' ') {
                fail();
            } else {
                out.append(c == '\\' ? escaped() : c);
            }
        }
        return out.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> {
                fail();
                yield 0;
            }
        };
    }

    private char hexadecimal() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            at++;
            if (digit < 0) {
                fail();
            }
            value = value << 4 | digit & 15;
        }
        return (char) value;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            return fail();
        }
        at += word.length();
        return value;
    }

    private Object number() {
        int start = at;
        boolean whole = true;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            whole &= ".eE".indexOf(text.charAt(at)) < 0;
            at++;
        }
        String number = text.substring(start, at);
        int digits = number.startsWith("-") ? 1 : 0;
        boolean fits = number.length() > digits && number.length() < 19 && number.charAt(digits) >= '0'
                && number.charAt(digits) <= '9' && (number.length() == digits + 1 || number.charAt(digits) != '0' || !whole);
        for (int i = digits; i < number.length() && whole; i++) {
            fits &= number.charAt(i) >= '0' && number.charAt(i) <= '9';
        }
        return !fits ? fail() : whole ? (Object) Long.parseLong(number) : number;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean take(char wanted) {
        if (peek() == wanted && at < text.length()) {
            at++;
            return true;
        }
        if (at >= text.length()) {
            wrong = true;
        }
        return false;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private Object fail() {
        wrong = true;
        return null;
    }
}
