package dev.weir.keyword.convert;

import dev.weir.model.value.Sample;
import dev.weir.model.value.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One element of a Forwarded header: parameters between semicolons, each at most once. */
final class ForwardedHeader {

    /** The parameters, by number. */
    static final List<String> NAMES = List.of("proto", "host", "for", "by");

    private static final byte[][] NAME_BYTES = {bytes("proto"), bytes("host"), bytes("for"), bytes("by")};
    private static final int PROTO = 0;
    private static final int HOST = 1;

    private final byte[] text;
    private final int end;
    private int at;
    private final int[] places = {-1, -1, -1, -1};
    private final int[] lengths = new int[4];
    private final boolean valid;

    ForwardedHeader(Sample sample) {
        text = sample.bytes();
        at = sample.at();
        end = sample.end();
        valid = read();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    boolean isValid() {
        return valid;
    }

    boolean has(int field) {
        return places[field] >= 0;
    }

    int at(int field) {
        return places[field];
    }

    int length(int field) {
        return lengths[field];
    }

    private boolean read() {
        if (at == end) {
            return false;
        }
        while (true) {
            if (!parameter()) {
                return false;
            }
            if (at == end) {
                return true;
            }
            if (text[at++] != ';') {
                return false;
            }
        }
    }

    private boolean parameter() {
        int field = name();
        if (field < 0 || places[field] >= 0) {
            return false;
        }
        boolean quoted = at < end && text[at] == '"';
        int from = quoted ? at + 1 : at;
        int to = from;
        while (to < end && (quoted ? text[to] != '"' : text[to] != ';')) {
            to++;
        }
        if (quoted && to == end || from == to || !quoted && !isToken(from, to)) {
            return false;
        }
        places[field] = from;
        lengths[field] = to - from;
        at = quoted ? to + 1 : to;
        return isValue(field, from, to);
    }

    /** The number of the parameter whose name and equals sign stand here. */
    private int name() {
        for (int i = 0; i < NAME_BYTES.length; i++) {
            int length = NAME_BYTES[i].length;
            if (at + length < end && text[at + length] == '='
                    && Texts.equalIgnoringCase(NAME_BYTES[i], 0, text, at, length)) {
                at += length + 1;
                return i;
            }
        }
        return -1;
    }

    private boolean isToken(int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = text[i];
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || Texts.isDigit(c);
            if (!letter && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isValue(int field, int from, int to) {
        if (field == PROTO) {
            String proto = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
            return proto.equalsIgnoreCase("http") || proto.equalsIgnoreCase("https");
        }
        return field == HOST ? isHost(from, to) : ForwardedNode.isValid(text, from, to);
    }

    /** A name or an address, and perhaps a port. */
    private boolean isHost(int from, int to) {
        int colon = to;
        while (colon > from && Texts.isDigit(text[colon - 1])) {
            colon--;
        }
        int hostEnd = colon > from && text[colon - 1] == ':' ? colon - 1 : to;
        if (text[from] == '[') {
            return ForwardedNode.isValid(text, from, hostEnd);
        }
        for (int i = from; i < hostEnd; i++) {
            byte c = text[i];
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || Texts.isDigit(c);
            if (!letter && "-._~%!$&'()*+,;=".indexOf(c) < 0) {
                return false;
            }
        }
        return hostEnd > from;
    }
}
