package dev.weir.keyword.convert;

import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;

/** Reads headers of IPv4 and IPv6 with what may stand between them and the transport's. */
final class IpHeader {

    private static final int IPV6_LENGTH = 40;

    private IpHeader() {}

    /** 4 or 6, or -1 when the fixed part is not complete. */
    static int version(Sample s) {
        int version = s.length() > 0 ? s.byteAt(0) >> 4 & 15 : 0;
        return version == 4 && s.length() >= 20 || version == 6 && s.length() >= IPV6_LENGTH ? version : -1;
    }

    /** With options or extensions; -1 when it is not complete. */
    static int length(Sample s) {
        return walk(s, false);
    }

    static long protocol(Sample s) {
        return walk(s, true);
    }

    private static int walk(Sample s, boolean wantsProtocol) {
        int version = version(s);
        if (version == 4) {
            int length = (s.byteAt(0) & 15) * 4;
            return wantsProtocol ? s.byteAt(9) & 0xff : length >= 20 && length <= s.length() ? length : -1;
        }
        if (version != 6) {
            return -1;
        }
        int next = s.byteAt(6) & 0xff;
        int at = IPV6_LENGTH;
        // hop by hop, routing, fragment, destination options, authentication, mobility, HIP, shim6
        while (next == 0 || next == 43 || next == 44 || next == 51 || next == 60 || next == 135 || next == 139
                || next == 140) {
            if (at + 8 > s.length()) {
                return -1;
            }
            int size = next == 44 ? 8 : next == 51 ? ((s.byteAt(at + 1) & 0xff) + 2) * 4
                    : ((s.byteAt(at + 1) & 0xff) + 1) * 8;
            next = s.byteAt(at) & 0xff;
            at += size;
        }
        return wantsProtocol ? next : at <= s.length() ? at : -1;
    }

    static long trafficClass(Sample s) {
        return switch (version(s)) {
            case 4 -> s.byteAt(1) & 0xff;
            case 6 -> PacketConverters.u16(s, 0) >> 4 & 0xff;
            default -> -1;
        };
    }

    /** The fingerprint that configuration.txt describes at {@code ip.fp}. */
    static boolean fingerprint(Sample s, int mode, Area out) {
        int version = version(s);
        int header = length(s);
        if (version < 0 || header < 0 || protocol(s) != 6 || s.length() - header < 20) {
            return false;
        }
        int total = version == 4 ? PacketConverters.u16(s, 2) : PacketConverters.u16(s, 4) + IPV6_LENGTH;
        int ttl = s.byteAt(version == 4 ? 8 : 7) & 0xff;
        boolean doesNotFragment = version == 6 || (s.byteAt(6) & 0x40) != 0;
        boolean hasOptions = header > (version == 4 ? 20 : IPV6_LENGTH);
        int tcpLength = (s.byteAt(header + 12) >> 4 & 15) * 4;
        int flags = s.byteAt(header + 13) & 0xff;
        int ttlClass = ttl <= 32 ? 0 : ttl <= 64 ? 1 : ttl <= 128 ? 2 : 3;
        TcpOptions options = new TcpOptions(s, header);
        if (tcpLength < 20 || !options.isComplete()) {
            return false;
        }
        out.put((int) trafficClass(s));
        out.put((version == 6 ? 0x80 : 0) | (doesNotFragment ? 0x40 : 0) | ttlClass << 4 | (hasOptions ? 8 : 0)
                | (total > header + tcpLength ? 4 : 0) | flags >> 6 & 3);
        int scale = options.has(TcpOptions.WINDOW_SCALE) ? Math.min(options.value(TcpOptions.WINDOW_SCALE, 1) + 1, 15)
                : 0;
        out.put(tcpLength / 4 << 4 | scale);
        out.put(s.bytes(), s.at() + header + 14, 2);
        out.putBigEndian(options.has(TcpOptions.SEGMENT_SIZE) ? options.value(TcpOptions.SEGMENT_SIZE, 2) : 0, 2);
        out.put(options.presence());
        if ((mode & 1) != 0) {
            out.put(ttl);
        }
        if ((mode & 2) != 0) {
            options.list(out);
        }
        if ((mode & 4) != 0) {
            out.put(s.bytes(), s.at() + (version == 4 ? 12 : 8), version == 4 ? 4 : 16);
        }
        return !out.overflowed();
    }
}
