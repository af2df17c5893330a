package dev.weir.keyword.convert;

import dev.weir.model.value.AddressText;
import dev.weir.model.value.Sample;
import dev.weir.model.value.Texts;

/** A node of RFC 7239 section 6: an address, {@code unknown} or a hidden name, and perhaps a port. */
final class ForwardedNode {

    private ForwardedNode() {}

    static boolean isHiddenCharacter(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || Texts.isDigit(c) || c == '.' || c == '_' || c == '-';
    }

    /** Where the name ends, or -1 when it is none. */
    private static int nameEnd(byte[] text, int from, int to) {
        if (from == to) {
            return -1;
        }
        if (text[from] == '[') {
            int close = Texts.indexOf(text, from, to, ']');
            return close < 0 || !AddressText.parseIpv6(text, from + 1, close - from - 1, new Sample()) ? -1 : close + 1;
        }
        int end = Texts.indexOf(text, from, to, ':');
        end = end < 0 ? to : end;
        if (text[from] == '_') {
            return isHidden(text, from, end) ? end : -1;
        }
        boolean unknown = end - from == 7 && "unknown".regionMatches(true, 0,
                new String(text, from, 7, java.nio.charset.StandardCharsets.ISO_8859_1), 0, 7);
        return unknown || AddressText.ipv4(text, from, end, true) >= 0 ? end : -1;
    }

    private static boolean isHidden(byte[] text, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (!isHiddenCharacter(text[i])) {
                return false;
            }
        }
        return to - from > 1;
    }

    private static boolean isPort(byte[] text, int from, int to) {
        if (from < to && text[from] == '_') {
            return isHidden(text, from, to);
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            if (!Texts.isDigit(text[i]) || i - from >= 5) {
                return false;
            }
            value = value * 10 + text[i] - '0';
        }
        return to > from && value <= 65535;
    }

    static boolean isValid(byte[] text, int from, int to) {
        int end = nameEnd(text, from, to);
        return end == to || end >= 0 && text[end] == ':' && isPort(text, end + 1, to);
    }

    /** Makes the sample the node's name in its final form. */
    static boolean name(Sample sample) {
        byte[] text = sample.bytes();
        int from = sample.at();
        if (!isValid(text, from, sample.end())) {
            return false;
        }
        int end = nameEnd(text, from, sample.end());
        if (text[from] == '[') {
            return AddressText.parseIpv6(text, from + 1, end - from - 2, sample);
        }
        long bits = AddressText.ipv4(text, from, end, true);
        if (bits >= 0) {
            sample.ipv4((int) bits);
        } else {
            sample.string(text, from, end - from);
        }
        return true;
    }

    static boolean port(Sample sample) {
        byte[] text = sample.bytes();
        int to = sample.end();
        if (!isValid(text, sample.at(), to)) {
            return false;
        }
        int from = nameEnd(text, sample.at(), to) + 1;
        if (from > to) {
            return false;
        }
        if (text[from] == '_') {
            sample.string(text, from, to - from);
            return true;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + text[i] - '0';
        }
        sample.integer(value);
        return true;
    }
}
