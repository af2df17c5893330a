package dev.weir.wire.proxyv;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.wire.proxyv.HeaderReader.Progress;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** The binary form of the PROXY header, proxy-protocol.txt section 2.2. */
final class ProxyV2 {

    static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    static final int FIXED = 16;
    static final int IPV4_BLOCK = 12;
    static final int IPV6_BLOCK = 36;
    private static final int UNIX_PATH = 108;
    private static final int UNIX_BLOCK = 2 * UNIX_PATH;
    /** As much as HAProxy's buffer takes; a longer header is no header. */
    static final int MAX_HEADER = 16384;

    private ProxyV2() {}

    static Progress read(HeaderReader reader, ByteBuf in) {
        if (!ProxyHeaderReader.startsAs(in, SIGNATURE)) {
            return reader.bad(HeaderError.PRX_NOT_HDR);
        }
        int start = in.readerIndex();
        if (in.readableBytes() > SIGNATURE.length && (in.getByte(start + 12) & 0xf0) != 0x20) {
            return reader.bad(HeaderError.PRX_NOT_HDR);
        }
        if (in.readableBytes() < FIXED) {
            return Progress.NEED_MORE;
        }
        int command = in.getByte(start + 12) & 0x0f;
        int body = in.getUnsignedShort(start + 14);
        if (command > 1 || FIXED + body > MAX_HEADER) {
            return reader.bad(HeaderError.PRX_BAD_HDR);
        }
        if (in.readableBytes() < FIXED + body) {
            return Progress.NEED_MORE;
        }
        ProxyHeader header = command == 0 ? ProxyHeader.LOCAL : proxied(in, start, body);
        return header == null ? reader.bad(HeaderError.PRX_BAD_HDR) : reader.done(in, FIXED + body, header);
    }

    private static ProxyHeader proxied(ByteBuf in, int start, int body) {
        int at = start + FIXED;
        int block;
        Address source;
        Address destination;
        switch (in.getByte(start + 13)) {
            case 0x00 -> {
                // the layout of an unspecified block is unknown, so are the places of its TLVs
                return ProxyHeader.LOCAL;
            }
            case 0x11, 0x12 -> {
                block = IPV4_BLOCK;
                if (body < block) {
                    return null;
                }
                source = Address.ipv4(in.getInt(at), in.getUnsignedShort(at + 8));
                destination = Address.ipv4(in.getInt(at + 4), in.getUnsignedShort(at + 10));
            }
            case 0x21, 0x22 -> {
                block = IPV6_BLOCK;
                if (body < block) {
                    return null;
                }
                source = Address.ipv6(in.getLong(at), in.getLong(at + 8), in.getUnsignedShort(at + 32));
                destination = Address.ipv6(in.getLong(at + 16), in.getLong(at + 24), in.getUnsignedShort(at + 34));
            }
            case 0x31, 0x32 -> {
                block = UNIX_BLOCK;
                if (body < block) {
                    return null;
                }
                source = unix(in, at);
                destination = unix(in, at + UNIX_PATH);
            }
            default -> {
                return null;
            }
        }
        byte[] tlvs = tlvs(in, start, at + block, at + body);
        return tlvs == null ? null : ProxyHeader.of(source, destination, tlvs);
    }

    private static Address unix(ByteBuf in, int at) {
        boolean isAbstract = in.getByte(at) == 0;
        int from = isAbstract ? 1 : 0;
        int to = from;
        while (to < UNIX_PATH && in.getByte(at + to) != 0) {
            to++;
        }
        String path = in.toString(at + from, to - from, StandardCharsets.ISO_8859_1);
        return isAbstract && to > from ? Address.abstractName(Family.ABNS, path) : Address.unix(path);
    }

    /** The TLVs that are small enough to keep, or null when one is malformed. */
    private static byte[] tlvs(ByteBuf in, int start, int from, int to) {
        int kept = 0;
        int at = from;
        while (at < to) {
            if (to - at < Tlv.HEAD || to - at - Tlv.HEAD < in.getUnsignedShort(at + 1)) {
                return null;
            }
            int length = in.getUnsignedShort(at + 1);
            boolean good = switch (in.getUnsignedByte(at)) {
                case Tlv.CRC32C -> length == 4 && crc32c(in, start, to, at + Tlv.HEAD) == in.getInt(at + Tlv.HEAD);
                case Tlv.AUTHORITY -> length <= Tlv.MAX_AUTHORITY;
                case Tlv.UNIQUE_ID -> length <= Tlv.MAX_UNIQUE_ID;
                default -> true;
            };
            if (!good) {
                return null;
            }
            kept += length <= ProxyHeader.MAX_VALUE ? Tlv.HEAD + length : 0;
            at += Tlv.HEAD + length;
        }
        return copy(in, from, to, kept);
    }

    private static byte[] copy(ByteBuf in, int from, int to, int kept) {
        byte[] out = new byte[kept];
        int written = 0;
        for (int at = from; at < to; at += Tlv.HEAD + in.getUnsignedShort(at + 1)) {
            int length = in.getUnsignedShort(at + 1);
            if (length <= ProxyHeader.MAX_VALUE) {
                in.getBytes(at, out, written, Tlv.HEAD + length);
                written += Tlv.HEAD + length;
            }
        }
        return out;
    }

    /** The checksum of the bytes from start to end, those four at the given place counted as zeros. */
    static int crc32c(ByteBuf in, int start, int end, int zeros) {
        CRC32C crc = new CRC32C();
        for (int i = start; i < end; i++) {
            crc.update(i >= zeros && i < zeros + 4 ? 0 : in.getByte(i));
        }
        return (int) crc.getValue();
    }
}
