package dev.weir.wire.proxyv;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes the PROXY header towards a server, as HAProxy does it: two IPv4 addresses as such, any other pair of IP addresses
 * as IPv6 with the IPv4 one mapped, everything else as UNKNOWN in version 1 and LOCAL in version 2 (whose TLVs are sent
 * all the same). The order of TLVs is HAProxy's.
 */
public final class ProxyHeaderWriter {

    private static final byte[] UNKNOWN = "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int MAX_VALUE = 65535;

    private ProxyHeaderWriter() {}

    public static void writeV1(ByteBuf out, Address source, Address destination) {
        if (!source.family().isIp() || !destination.family().isIp()) {
            out.writeBytes(UNKNOWN);
            return;
        }
        boolean four = bothIpv4(source, destination);
        StringBuilder line = new StringBuilder(107).append(four ? "PROXY TCP4 " : "PROXY TCP6 ");
        (four ? source : toIpv6(source)).appendHost(line);
        line.append(' ');
        (four ? destination : toIpv6(destination)).appendHost(line);
        line.append(' ').append(source.port()).append(' ').append(destination.port()).append("\r\n");
        out.writeCharSequence(line, StandardCharsets.US_ASCII);
    }

    /** What a check sends, which has no client to speak for. */
    public static boolean writeV2Local(ByteBuf out, ProxyV2Fields fields) {
        return write(out, LOCAL, Address.NONE, Address.NONE, fields);
    }

    /** Nothing is written and the answer is false when the TLVs together exceed what a header can hold. */
    public static boolean writeV2(ByteBuf out, Address source, Address destination, ProxyV2Fields fields) {
        boolean known = source.family().isIp() && destination.family().isIp();
        return write(out, known ? PROXY : LOCAL, source, destination, fields);
    }

    private static boolean write(ByteBuf out, int command, Address source, Address destination, ProxyV2Fields fields) {
        int start = out.writerIndex();
        out.writeBytes(ProxyV2.SIGNATURE).writeByte(command);
        if (!source.family().isIp() || !destination.family().isIp()) {
            out.writeByte(0x00).writeShort(0);
        } else if (bothIpv4(source, destination)) {
            out.writeByte(0x11).writeShort(0).writeInt((int) source.low()).writeInt((int) destination.low());
            out.writeShort(source.port()).writeShort(destination.port());
        } else {
            Address from = toIpv6(source);
            Address to = toIpv6(destination);
            out.writeByte(0x21).writeShort(0).writeLong(from.high()).writeLong(from.low());
            out.writeLong(to.high()).writeLong(to.low()).writeShort(from.port()).writeShort(to.port());
        }
        int crcAt = tlvs(out, fields);
        int body = out.writerIndex() - start - ProxyV2.FIXED;
        if (body > MAX_VALUE) {
            out.writerIndex(start);
            return false;
        }
        out.setShort(start + 14, body);
        if (fields.crc32c) {
            out.setInt(crcAt, ProxyV2.crc32c(out, start, out.writerIndex(), crcAt));
        }
        return true;
    }

    /** Writes all TLVs and tells where the four bytes of the checksum stand. */
    private static int tlvs(ByteBuf out, ProxyV2Fields fields) {
        int crcAt = out.writerIndex() + Tlv.HEAD;
        if (fields.crc32c) {
            out.writeByte(Tlv.CRC32C).writeShort(4).writeInt(0);
        }
        tlv(out, Tlv.ALPN, fields.alpn, MAX_VALUE);
        for (int i = 0; i < fields.customCount(); i++) {
            tlv(out, fields.customType(i), fields.customValue(i), MAX_VALUE);
        }
        tlv(out, Tlv.AUTHORITY, fields.authority, Tlv.MAX_AUTHORITY);
        tlv(out, Tlv.UNIQUE_ID, fields.uniqueId, Tlv.MAX_UNIQUE_ID);
        if (fields.ssl) {
            int at = out.writerIndex();
            out.writeByte(Tlv.SSL).writeShort(0).writeByte(fields.sslClient).writeInt(fields.sslVerify);
            tlv(out, Tlv.SSL_VERSION, fields.sslVersion, MAX_VALUE);
            tlv(out, Tlv.SSL_CN, fields.sslCn, MAX_VALUE);
            tlv(out, Tlv.SSL_KEY_ALG, fields.sslKeyAlgorithm, MAX_VALUE);
            tlv(out, Tlv.SSL_SIG_ALG, fields.sslSignatureAlgorithm, MAX_VALUE);
            tlv(out, Tlv.SSL_CIPHER, fields.sslCipher, MAX_VALUE);
            out.setShort(at + 1, out.writerIndex() - at - Tlv.HEAD);
        }
        tlv(out, Tlv.NETNS, fields.namespace, MAX_VALUE);
        return crcAt;
    }

    private static void tlv(ByteBuf out, int type, byte[] value, int max) {
        if (value != null) {
            int length = Math.min(value.length, max);
            out.writeByte(type).writeShort(length).writeBytes(value, 0, length);
        }
    }

    private static boolean bothIpv4(Address a, Address b) {
        return a.family() == Family.IPV4 && b.family() == Family.IPV4;
    }

    private static Address toIpv6(Address address) {
        return address.family() == Family.IPV6 ? address
                : Address.ipv6(0, 0xffff_0000_0000L | address.low(), address.port());
    }
}
