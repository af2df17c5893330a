package dev.weir.keyword.convert;

import dev.weir.model.value.Area;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import java.nio.charset.StandardCharsets;

/**
 * Finds one value in a JSON text. It walks over what stands before that value and checks it on the way, but neither reads
 * nor needs what follows. Depth is bounded; nothing is allocated but this.
 */
final class JsonScanner {

    private static final int DEEPEST = 64;

    private final byte[] text;
    private final int end;
    private int at;
    private int valueAt;

    JsonScanner(byte[] text, int from, int end) {
        this.text = text;
        this.at = from;
        this.end = end;
    }

    /** Stops at the value that the path leads to; false when there is none or the text is broken before it. */
    boolean find(JsonPath path) {
        for (int i = 0; i < path.names().length; i++) {
            blanks();
            boolean found = path.names()[i] != null ? member(path.names()[i]) : element(path.indexes()[i]);
            if (!found) {
                return false;
            }
        }
        blanks();
        valueAt = at;
        return at < end;
    }

    private void blanks() {
        while (at < end && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) {
            at++;
        }
    }

    private boolean take(char c) {
        blanks();
        if (at < end && text[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean member(byte[] name) {
        if (!take('{')) {
            return false;
        }
        do {
            blanks();
            int nameAt = at + 1;
            if (!string()) {
                return false;
            }
            int length = at - 1 - nameAt;
            if (!take(':')) {
                return false;
            }
            if (length == name.length && Texts.equal(name, 0, text, nameAt, length)) {
                return true;
            }
            if (!skip(0)) {
                return false;
            }
        } while (take(','));
        return false;
    }

    private boolean element(int index) {
        if (!take('[')) {
            return false;
        }
        blanks();
        if (at < end && text[at] == ']') {
            return false;
        }
        for (int i = 0; i < index; i++) {
            if (!skip(0) || !take(',')) {
                return false;
            }
        }
        return true;
    }

    /** Over a string, quotes included. */
    private boolean string() {
        if (at >= end || text[at] != '"') {
            return false;
        }
        for (at++; at < end; at++) {
            if (text[at] == '\\') {
                at++;
            } else if (text[at] == '"') {
                at++;
                return true;
            }
        }
        return false;
    }

    private boolean skip(int depth) {
        blanks();
        if (at >= end || depth > DEEPEST) {
            return false;
        }
        return switch (text[at]) {
            case '"' -> string();
            case '{' -> skipObject(depth);
            case '[' -> skipArray(depth);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean skipObject(int depth) {
        at++;
        if (take('}')) {
            return true;
        }
        do {
            blanks();
            if (!string() || !take(':') || !skip(depth + 1)) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    private boolean skipArray(int depth) {
        at++;
        if (take(']')) {
            return true;
        }
        do {
            if (!skip(depth + 1)) {
                return false;
            }
        } while (take(','));
        return take(']');
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || text[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    private boolean number() {
        if (at < end && text[at] == '-') {
            at++;
        }
        boolean right = digits() > 0;
        if (at < end && text[at] == '.') {
            at++;
            right &= digits() > 0;
        }
        if (at < end && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (at < end && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            right &= digits() > 0;
        }
        return right;
    }

    private int digits() {
        int from = at;
        while (at < end && Texts.isDigit(text[at])) {
            at++;
        }
        return at - from;
    }

    /** The found value as a sample; false for null, an object, or what cannot be the wanted type. */
    boolean value(boolean integer, Sample out, Area area) {
        at = valueAt;
        switch (text[at]) {
            case 't', 'f' -> {
                boolean isTrue = text[at] == 't';
                out.bool(isTrue);
                return word(isTrue ? "true" : "false");
            }
            case '"' -> {
                return string() && unescape(area) && text(integer, out, area);
            }
            case '[' -> {
                int start = at;
                if (integer || !skip(0)) {
                    return false;
                }
                area.put(text, start, at - start);
                out.take(SampleType.STRING, area);
                return true;
            }
            case '{', 'n' -> {
                return false;
            }
            default -> {
                return number() && number(integer, out, area);
            }
        }
    }

    private static boolean text(boolean integer, Sample out, Area area) {
        if (integer) {
            out.integer(Casts.leadingInteger(area.bytes(), 0, area.length()));
        } else {
            out.take(SampleType.STRING, area);
        }
        return true;
    }

    private boolean number(boolean integer, Sample out, Area area) {
        boolean whole = true;
        for (int i = valueAt; i < at; i++) {
            whole &= Texts.isDigit(text[i]) || text[i] == '-';
        }
        if (integer) {
            out.integer(Casts.leadingInteger(text, valueAt, at - valueAt));
        } else if (whole) {
            area.put(text, valueAt, at - valueAt);
            out.take(SampleType.STRING, area);
        } else {
            GeneralNumber.append(new String(text, valueAt, at - valueAt, StandardCharsets.US_ASCII), area);
            out.take(SampleType.STRING, area);
        }
        return true;
    }

    /** The string that ends at the present place, with its escapes resolved; characters beyond ASCII as UTF-8. */
    private boolean unescape(Area area) {
        int stop = at - 1;
        for (int i = valueAt + 1; i < stop; i++) {
            if (text[i] != '\\') {
                area.put(text[i]);
                continue;
            }
            i++;
            switch (text[i]) {
                case 'b' -> area.put('\b');
                case 'f' -> area.put('\f');
                case 'n' -> area.put('\n');
                case 'r' -> area.put('\r');
                case 't' -> area.put('\t');
                case 'u' -> {
                    int value = 0;
                    for (int digit = 1; digit <= 4; digit++) {
                        int d = i + digit < stop ? Texts.hexDigit(text[i + digit]) : -1;
                        if (d < 0) {
                            return false;
                        }
                        value = value << 4 | d;
                    }
                    i += 4;
                    putUtf8(value, area);
                }
                default -> area.put(text[i]);
            }
        }
        return true;
    }

    private static void putUtf8(int c, Area area) {
        if (c < 0x80) {
            area.put(c);
        } else if (c < 0x800) {
            area.put(0xc0 | c >> 6).put(0x80 | c & 0x3f);
        } else {
            area.put(0xe0 | c >> 12).put(0x80 | c >> 6 & 0x3f).put(0x80 | c & 0x3f);
        }
    }
}
