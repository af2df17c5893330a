package dev.weir.flow.cache;

import dev.weir.wire.http.Head;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Those values of {@code Link} headers that tell a client what it will need (RFC 8288, RFC 8297). Stateless. */
final class Links {

    static final byte[] NAME = "link".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RELATION = "rel".getBytes(StandardCharsets.US_ASCII);
    private static final List<byte[]> USEFUL = List.of(
            "preload".getBytes(StandardCharsets.US_ASCII), "preconnect".getBytes(StandardCharsets.US_ASCII),
            "dns-prefetch".getBytes(StandardCharsets.US_ASCII), "modulepreload".getBytes(StandardCharsets.US_ASCII),
            "prefetch".getBytes(StandardCharsets.US_ASCII));
    /** More than pages use; what an answer can make us keep is bounded. */
    private static final int MOST = 64;

    private Links() {}

    static List<byte[]> of(Head answer) {
        List<byte[]> links = null;
        for (int i = answer.first(); i >= 0; i = answer.after(i)) {
            if (is(NAME, answer.area(), answer.nameAt(i), answer.nameLength(i))) {
                links = links == null ? new ArrayList<>() : links;
                collect(links, answer.area(), answer.valueAt(i), answer.valueAt(i) + answer.valueLength(i));
            }
        }
        return links == null ? List.of() : links;
    }

    static int size(List<byte[]> links) {
        int size = 0;
        for (byte[] link : links) {
            size += NAME.length + 2 + link.length + 2;
        }
        return size;
    }

    private static void collect(List<byte[]> links, byte[] area, int from, int to) {
        for (int at = from; at < to && links.size() < MOST; at++) {
            int end = next(area, ',', at, to);
            int first = trimmed(area, at, end);
            int last = end;
            while (last > first && isBlank(area[last - 1])) {
                last--;
            }
            if (isUseful(area, first, last)) {
                links.add(Arrays.copyOfRange(area, first, last));
            }
            at = end;
        }
    }

    /** Whether its relation is one of those that mean something will be fetched. */
    private static boolean isUseful(byte[] area, int from, int to) {
        for (int at = next(area, ';', from, to) + 1; at < to; at = next(area, ';', at, to) + 1) {
            int name = trimmed(area, at, to);
            int equals = next(area, '=', name, next(area, ';', name, to));
            int nameEnd = equals;
            while (nameEnd > name && isBlank(area[nameEnd - 1])) {
                nameEnd--;
            }
            if (is(RELATION, area, name, nameEnd - name)) {
                // the first relation counts (RFC 8288, 3.3)
                return namesOne(area, Math.min(equals + 1, to), next(area, ';', at, to));
            }
        }
        return false;
    }

    /** Whether one of the words, which quotes may surround, is useful. */
    private static boolean namesOne(byte[] area, int from, int to) {
        for (int at = from; at < to;) {
            while (at < to && (isBlank(area[at]) || area[at] == '"')) {
                at++;
            }
            int end = at;
            while (end < to && !isBlank(area[end]) && area[end] != '"') {
                end++;
            }
            for (byte[] word : USEFUL) {
                if (is(word, area, at, end - at)) {
                    return true;
                }
            }
            at = end;
        }
        return false;
    }

    /** Where the sign stands outside angle brackets and quotes, or the end. */
    private static int next(byte[] area, char sign, int from, int to) {
        boolean quoted = false;
        boolean bracketed = false;
        for (int at = from; at < to; at++) {
            byte octet = area[at];
            if (octet == sign && !quoted && !bracketed) {
                return at;
            }
            quoted ^= octet == '"' && !bracketed;
            bracketed = !quoted && (octet == '<' || bracketed && octet != '>');
        }
        return to;
    }

    private static int trimmed(byte[] area, int from, int to) {
        int at = from;
        while (at < to && isBlank(area[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private static boolean is(byte[] word, byte[] area, int at, int length) {
        if (length != word.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int octet = area[at + i];
            if ((octet >= 'A' && octet <= 'Z' ? octet + 32 : octet) != word[i]) {
                return false;
            }
        }
        return true;
    }
}
