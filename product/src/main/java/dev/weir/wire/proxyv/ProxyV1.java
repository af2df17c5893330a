package dev.weir.wire.proxyv;

import dev.weir.base.address.Address;
import dev.weir.base.address.IpText;
import dev.weir.wire.proxyv.HeaderReader.Progress;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The text form of the PROXY header, proxy-protocol.txt section 2.1, read to the letter: one blank between the parts, no
 * leading zeros, CRLF within 107 bytes. HAProxy 2.6 lets some of that pass and refuses text after UNKNOWN; the document
 * says otherwise and wins.
 */
final class ProxyV1 {

    private static final byte[] START = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TCP4 = "TCP4 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TCP6 = "TCP6 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNKNOWN = "UNKNOWN".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_LINE = 107;

    private final ByteBuf in;
    private final int end;
    private int at;

    private ProxyV1(ByteBuf in, int at, int end) {
        this.in = in;
        this.at = at;
        this.end = end;
    }

    static Progress read(HeaderReader reader, ByteBuf in) {
        if (!ProxyHeaderReader.startsAs(in, START)) {
            return reader.bad(HeaderError.PRX_NOT_HDR);
        }
        int start = in.readerIndex();
        int limit = Math.min(in.readableBytes(), MAX_LINE);
        for (int i = START.length; i < limit; i++) {
            byte c = in.getByte(start + i);
            if (c == '\n') {
                return reader.bad(HeaderError.PRX_BAD_HDR);
            }
            if (c == '\r') {
                return lineEnd(reader, in, i, limit);
            }
        }
        return limit == MAX_LINE ? reader.bad(HeaderError.PRX_BAD_HDR) : Progress.NEED_MORE;
    }

    private static Progress lineEnd(HeaderReader reader, ByteBuf in, int cr, int limit) {
        int start = in.readerIndex();
        if (cr + 1 == limit) {
            return limit == MAX_LINE ? reader.bad(HeaderError.PRX_BAD_HDR) : Progress.NEED_MORE;
        }
        if (in.getByte(start + cr + 1) != '\n') {
            return reader.bad(HeaderError.PRX_BAD_HDR);
        }
        ProxyV1 line = new ProxyV1(in, start + START.length, start + cr);
        if (line.skip(UNKNOWN) && (line.at == line.end || in.getByte(line.at) == ' ')) {
            return reader.done(in, cr + 2, ProxyHeader.LOCAL);
        }
        line.at = start + START.length;
        boolean six = line.skip(TCP6);
        if (!six && !line.skip(TCP4)) {
            return reader.bad(HeaderError.PRX_BAD_PROTO);
        }
        ProxyHeader header = line.addresses(six);
        return header == null ? reader.bad(HeaderError.PRX_BAD_HDR) : reader.done(in, cr + 2, header);
    }

    private ProxyHeader addresses(boolean six) {
        Address source = six ? ipv6() : ipv4();
        Address destination = source == null ? null : six ? ipv6() : ipv4();
        if (destination == null) {
            return null;
        }
        int sourcePort = number(65535, ' ');
        int destinationPort = sourcePort < 0 ? -1 : number(65535, '\r');
        if (destinationPort < 0 || at != end + 1) {
            return null;
        }
        return ProxyHeader.of(source.withPort(sourcePort), destination.withPort(destinationPort));
    }

    private boolean skip(byte[] word) {
        if (end - at < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (in.getByte(at + i) != word[i]) {
                return false;
            }
        }
        at += word.length;
        return true;
    }

    private Address ipv4() {
        int bits = 0;
        for (int part = 0; part < 4; part++) {
            int value = number(255, part < 3 ? '.' : ' ');
            if (value < 0) {
                return null;
            }
            bits = bits << 8 | value;
        }
        return Address.ipv4(bits, 0);
    }

    private Address ipv6() {
        int from = at;
        while (at < end && in.getByte(at) != ' ') {
            at++;
        }
        if (at == end) {
            return null;
        }
        String text = in.toString(from, at - from, StandardCharsets.ISO_8859_1);
        at++;
        return text.indexOf(':') < 0 ? null : IpText.parse(text);
    }

    /** A decimal number without leading zeros and the character after it, or -1. */
    private int number(int max, char then) {
        int from = at;
        int value = 0;
        while (at < end && in.getByte(at) >= '0' && in.getByte(at) <= '9') {
            value = value * 10 + in.getByte(at++) - '0';
            if (value > max) {
                return -1;
            }
        }
        boolean leadingZero = at - from > 1 && in.getByte(from) == '0';
        if (at == from || leadingZero || in.getByte(at) != then) {
            return -1;
        }
        at++;
        return value;
    }
}
