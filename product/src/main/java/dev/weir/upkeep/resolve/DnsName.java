package dev.weir.upkeep.resolve;

import io.netty.buffer.ByteBuf;

/**
 * Names in DNS messages. Read into lower case text without the final dot. A compression pointer must point before the
 * place it stands at and before all that was followed already, so that no loop is possible (RFC 1035, 4.1.4).
 */
final class DnsName {

    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;

    /** The text, empty for the root. */
    final String text;
    /** Where the message goes on after the name. */
    final int end;

    private DnsName(String text, int end) {
        this.text = text;
        this.end = end;
    }

    /** Null when malformed. */
    static DnsName read(ByteBuf in, int start, int from, int limit) {
        StringBuilder name = new StringBuilder();
        int at = from;
        int end = -1;
        int lowest = from;
        while (true) {
            if (at >= limit) {
                return null;
            }
            int length = in.getUnsignedByte(at);
            if (length == 0) {
                return new DnsName(name.toString(), end < 0 ? at + 1 : end);
            }
            if ((length & 0xc0) == 0xc0) {
                int target = at + 1 < limit ? start + (in.getUnsignedShort(at) & 0x3fff) : limit;
                if (target >= lowest) {
                    return null;
                }
                end = end < 0 ? at + 2 : end;
                lowest = target;
                at = target;
                continue;
            }
            if (length > MAX_LABEL || at + length >= limit || name.length() + length + 1 > MAX_NAME + 1) {
                return null;
            }
            if (!name.isEmpty()) {
                name.append('.');
            }
            for (int i = at + 1; i <= at + length; i++) {
                name.append((char) lower(in.getUnsignedByte(i)));
            }
            at += length + 1;
        }
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }

    /** False, and nothing written, for what is no host name: empty or long labels, other than printable ASCII. */
    static boolean write(ByteBuf out, String name) {
        int start = out.writerIndex();
        String text = canonical(name);
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                int length = i - from;
                if (length < 1 || length > MAX_LABEL || text.length() > MAX_NAME) {
                    out.writerIndex(start);
                    return false;
                }
                out.writeByte(length);
                for (int j = from; j < i; j++) {
                    out.writeByte(text.charAt(j));
                }
                from = i + 1;
            } else if (c <= ' ' || c >= 127) {
                out.writerIndex(start);
                return false;
            }
        }
        out.writeByte(0);
        return true;
    }

    /** Lower case and without a final dot. */
    static String canonical(String name) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
