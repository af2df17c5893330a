package dev.weir.flow.expr;

import dev.weir.model.pattern.AddressPattern;
import dev.weir.model.value.AddressText;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what stands between the parentheses of a fetch or converter (configuration.txt 2.2): arguments between commas,
 * quotes and backslashes as on the outer level, but for {@code \#}, {@code \$} and {@code \xNN}.
 */
final class ArgumentReader {

    /** What is wrong, and in which argument, counted from 1. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;
        private final int position;

        Wrong(int position, String message) {
            super(message, null, false, false);
            this.position = position;
        }

        int position() {
            return position;
        }
    }

    private final String text;
    private int at;
    private final List<String> texts = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /** Starts at the opening parenthesis, or where one could be. */
    ArgumentReader(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** Behind the closing parenthesis. */
    int end() {
        return at;
    }

    String[] texts() {
        return texts.toArray(new String[0]);
    }

    Object[] values() {
        return values.toArray();
    }

    void read(Signature signature) throws Wrong {
        boolean opened = at < text.length() && text.charAt(at) == '(';
        if (opened) {
            at++;
        }
        ArgumentKind[] kinds = signature.kinds();
        int count = 0;
        // which argument a missing parenthesis is blamed on
        int looksAt = 1;
        while (count < kinds.length) {
            int before = at;
            String word = opened ? word(count) : "";
            boolean required = count < signature.required();
            if (word.isEmpty() && !kinds[count].mayBeEmpty()) {
                if (required) {
                    throw new Wrong(count + 1, "expected type '" + kinds[count].text() + "' at position " + (count + 1)
                            + ", but got nothing");
                }
                at = before;
                break;
            }
            if (word.isEmpty() && !required && (!opened || count == 0 && peek() == ')')) {
                break;
            }
            texts.add(word);
            values.add(value(kinds[count], word, count + 1));
            count++;
            if (count == kinds.length || !opened || peek() != ',') {
                break;
            }
            at++;
            looksAt = count + 1;
        }
        if (count < signature.required()) {
            throw new Wrong(count + 1, "missing arguments (got " + count + "/" + signature.required() + "), type '"
                    + kinds[count].text() + "' expected");
        }
        if (opened) {
            if (peek() != ')') {
                // behind a first argument HAProxy looks at the second in any case
                throw unclosed(count == 0 ? looksAt : Math.max(2, looksAt));
            }
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private Wrong unclosed(int position) {
        return new Wrong(position, at < text.length() ? "expected ')' before '" + text.substring(at) + "'"
                : "expected ')'");
    }

    /** Up to a comma or a closing parenthesis that is neither quoted nor escaped. */
    private String word(int index) throws Wrong {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (quote == 0 && (c == ',' || c == ')')) {
                return word.toString();
            }
            at++;
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == '\\' && quote != '\'' && at < text.length()) {
                escape(word, quote);
            } else {
                word.append(c);
            }
        }
        throw unclosed(index + 1);
    }

    private void escape(StringBuilder word, char quote) {
        char c = text.charAt(at);
        char plain = switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '"' -> c;
            case '\'', ' ' -> quote == 0 ? c : 0;
            default -> 0;
        };
        if (plain == 0) {
            // unknown to us: the backslash stays, for regular expressions and replacements
            word.append('\\');
        } else {
            word.append(plain);
            at++;
        }
    }

    private Object value(ArgumentKind kind, String word, int position) throws Wrong {
        byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
        Object value = switch (kind) {
            case INTEGER -> isInteger(word) ? integer(bytes) : null;
            case IPV4 -> ipv4(AddressText.ipv4(bytes, 0, bytes.length, true));
            case MASK4 -> ipv4(AddressPattern.mask4(word));
            case IPV6 -> ipv6(bytes);
            case MASK6 -> mask6(word, bytes);
            case FIELD_NUMBERS -> fieldNumbers(word);
            default -> word;
        };
        if (value == null) {
            throw new Wrong(position, "failed to parse '" + word + "' as type '" + kind.text() + "' at position "
                    + position);
        }
        return value;
    }

    private static boolean isInteger(String word) {
        int from = word.startsWith("-") || word.startsWith("+") ? 1 : 0;
        for (int i = from; i < word.length(); i++) {
            if (word.charAt(i) < '0' || word.charAt(i) > '9') {
                return false;
            }
        }
        return !word.isEmpty();
    }

    private static Sample integer(byte[] bytes) {
        Sample sample = new Sample();
        sample.integer(Casts.leadingInteger(bytes, 0, bytes.length));
        return sample;
    }

    private static Sample ipv4(long bits) {
        if (bits < 0) {
            return null;
        }
        Sample sample = new Sample();
        sample.ipv4((int) bits);
        return sample;
    }

    private static Sample ipv6(byte[] bytes) {
        Sample sample = new Sample();
        return AddressText.parseIpv6(bytes, 0, bytes.length, sample) ? sample : null;
    }

    /** A length, or an address whose bits are the mask. */
    private static Sample mask6(String word, byte[] bytes) {
        if (word.indexOf(':') >= 0) {
            return ipv6(bytes);
        }
        long length = isInteger(word) && word.length() <= 3 ? Casts.leadingInteger(bytes, 0, bytes.length) : -1;
        if (length < 0 || length > 128) {
            return null;
        }
        Sample sample = new Sample();
        sample.ipv6(length == 0 ? 0 : -1L << 64 - Math.min(length, 64), length <= 64 ? 0 : -1L << 128 - length);
        return sample;
    }

    private static int[] fieldNumbers(String word) {
        String[] parts = word.split("\\.", -1);
        int[] numbers = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty() || parts[i].length() > 9 || !isInteger(parts[i]) || parts[i].charAt(0) < '0') {
                return null;
            }
            numbers[i] = Integer.parseInt(parts[i]);
        }
        return numbers;
    }
}
