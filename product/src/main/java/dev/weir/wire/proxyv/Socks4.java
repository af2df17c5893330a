package dev.weir.wire.proxyv;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The client's side of a SOCKS4 proxy before a server ({@code socks4}): one request, one answer of eight bytes. */
public final class Socks4 {

    public enum Answer { NEED_MORE, GRANTED, DENIED }

    private static final byte[] USER = "HAProxy\0".getBytes(StandardCharsets.US_ASCII);
    private static final int ANSWER = 8;
    private static final int GRANTED = 90;

    private Socks4() {}

    /** Asks for a connection to the server; false, and nothing written, when it has no IPv4 address. */
    public static boolean writeRequest(ByteBuf out, Address server) {
        if (server.family() != Family.IPV4) {
            return false;
        }
        out.writeByte(4).writeByte(1).writeShort(server.port()).writeInt((int) server.low()).writeBytes(USER);
        return true;
    }

    /** Consumes the answer once it is whole and nothing after it. */
    public static Answer readAnswer(ByteBuf in) {
        if (in.readableBytes() < ANSWER) {
            return Answer.NEED_MORE;
        }
        boolean granted = in.getByte(in.readerIndex() + 1) == GRANTED;
        in.skipBytes(ANSWER);
        return granted ? Answer.GRANTED : Answer.DENIED;
    }
}
