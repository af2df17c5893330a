package dev.weir.keyword.fetch;

import dev.weir.model.value.AddressText;
import dev.weir.model.value.Sample;
import dev.weir.model.value.Texts;

/** Addresses in headers, with a port that is left out. */
final class HostText {

    private HostText() {}

    /** {@code 1.2.3.4}, {@code 1.2.3.4:80}, {@code ::1}; false for all else, an IPv6 address in brackets included. */
    static boolean address(Sample sample) {
        byte[] text = sample.bytes();
        int at = sample.at();
        int end = sample.end();
        int dottedEnd = at;
        while (dottedEnd < end && (Texts.isDigit(text[dottedEnd]) || text[dottedEnd] == '.')) {
            dottedEnd++;
        }
        long bits = AddressText.ipv4(text, at, dottedEnd, true);
        if (bits >= 0) {
            sample.ipv4((int) bits);
            return dottedEnd == end || isPort(text, dottedEnd, end);
        }
        return AddressText.parseIpv6(text, at, end - at, sample);
    }

    private static boolean isPort(byte[] text, int from, int to) {
        int value = 0;
        for (int i = from + 1; i < to; i++) {
            if (!Texts.isDigit(text[i]) || i - from > 5) {
                return false;
            }
            value = value * 10 + text[i] - '0';
        }
        return text[from] == ':' && to > from + 1 && value <= 65535;
    }
}
