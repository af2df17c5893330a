package dev.weir.wire.proxyv;

import dev.weir.base.address.Address;
import io.netty.buffer.ByteBuf;

/**
 * Reads the header of the NetScaler Client IP insertion protocol: a magic number, a length, and a copy of the client's IP
 * and TCP headers. Two layouts exist, told apart by the half byte where the IP version would stand:
 * <pre>
 * legacy:  magic(4) length(4) IP and TCP headers                      consumes 8 + length
 * current: magic(4) total(4) type(2) length(2) IP and TCP headers     consumes 12 + length
 * </pre>
 * Worker-owned.
 */
public final class NetScalerCipReader extends HeaderReader {

    private static final int LEGACY_HEAD = 8;
    private static final int CURRENT_HEAD = 12;
    private static final int IPV6_HEADER = 40;
    private static final int PROTOCOL_TCP = 6;
    private static final int MAX_HEADER = 16384;

    private final int magic;

    public NetScalerCipReader(int magic) {
        this.magic = magic;
    }

    @Override
    public Progress read(ByteBuf in) {
        int start = in.readerIndex();
        int known = Math.min(4, in.readableBytes());
        for (int i = 0; i < known; i++) {
            if (in.getByte(start + i) != (byte) (magic >>> 8 * (3 - i))) {
                return bad(HeaderError.CIP_BAD_MAGIC);
            }
        }
        if (in.readableBytes() <= CURRENT_HEAD) {
            return Progress.NEED_MORE;
        }
        boolean legacy = isIp(in.getByte(start + LEGACY_HEAD));
        int head = legacy ? LEGACY_HEAD : CURRENT_HEAD;
        if (!isIp(in.getByte(start + head))) {
            return bad(HeaderError.CIP_BAD_PROTO);
        }
        long length = legacy ? in.getUnsignedInt(start + 4) : in.getUnsignedShort(start + 10);
        if (length + head > MAX_HEADER || length < 1) {
            return bad(HeaderError.CIP_BAD_PROTO);
        }
        return in.readableBytes() < head + length ? Progress.NEED_MORE : addresses(in, head, (int) length);
    }

    private static boolean isIp(byte firstOfHeader) {
        int version = firstOfHeader >>> 4 & 0xf;
        return version == 4 || version == 6;
    }

    /** The ports must lie inside the length that was announced: HAProxy 2.6 would read them from what follows. */
    private Progress addresses(ByteBuf in, int head, int length) {
        int ip = in.readerIndex() + head;
        int version = in.getByte(ip) >>> 4 & 0xf;
        if (version == 4) {
            int ipHeader = (in.getByte(ip) & 0xf) * 4;
            if (ipHeader < 20 || length < ipHeader + 4 || in.getByte(ip + 9) != PROTOCOL_TCP) {
                return bad(HeaderError.CIP_BAD_PROTO);
            }
            return done(in, head + length, ProxyHeader.of(
                    Address.ipv4(in.getInt(ip + 12), in.getUnsignedShort(ip + ipHeader)),
                    Address.ipv4(in.getInt(ip + 16), in.getUnsignedShort(ip + ipHeader + 2))));
        }
        if (length < IPV6_HEADER + 4 || in.getByte(ip + 6) != PROTOCOL_TCP) {
            return bad(HeaderError.CIP_BAD_PROTO);
        }
        int tcp = ip + IPV6_HEADER;
        return done(in, head + length, ProxyHeader.of(
                Address.ipv6(in.getLong(ip + 8), in.getLong(ip + 16), in.getUnsignedShort(tcp)),
                Address.ipv6(in.getLong(ip + 24), in.getLong(ip + 32), in.getUnsignedShort(tcp + 2))));
    }

    @Override
    public HeaderError onEnd(boolean anyByteReceived) {
        return anyByteReceived ? HeaderError.CIP_TRUNCATED : HeaderError.CIP_EMPTY;
    }

    @Override
    public HeaderError onError() {
        return HeaderError.CIP_ABORT;
    }

    @Override
    public HeaderError onTimeout() {
        return HeaderError.CIP_TIMEOUT;
    }
}
