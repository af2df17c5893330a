package dev.weir.flow.compress;

import dev.weir.wire.http.ContentCoding;
import java.util.List;

/**
 * What the {@code compression} lines of a proxy say of one direction. Immutable.
 *
 * @param types beginnings of media types that are compressed; none means all
 * @param offload whether servers are kept from compressing
 * @param minimum shorter bodies stay as they are
 */
public record CompressionTerms(List<ContentCoding> codings, List<byte[]> types, boolean offload, long minimum) {

    public static final CompressionTerms NONE = new CompressionTerms(List.of(), List.of(), false, 0);

    boolean wants(byte[] area, int at, int length) {
        if (types.isEmpty()) {
            return true;
        }
        for (byte[] type : types) {
            if (begins(type, area, at, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(byte[] type, byte[] area, int at, int length) {
        if (type.length > length) {
            return false;
        }
        for (int i = 0; i < type.length; i++) {
            if (lower(type[i]) != lower(area[at + i])) {
                return false;
            }
        }
        return true;
    }

    static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }
}
