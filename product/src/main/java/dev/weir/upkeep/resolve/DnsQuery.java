package dev.weir.upkeep.resolve;

import io.netty.buffer.ByteBuf;

/** Writes a question with the payload size that we accept (RFC 6891). */
final class DnsQuery {

    static final int TYPE_A = 1;
    static final int TYPE_CNAME = 5;
    static final int TYPE_AAAA = 28;
    static final int TYPE_SRV = 33;
    static final int TYPE_OPT = 41;
    static final int CLASS_IN = 1;

    private static final int RECURSION_DESIRED = 0x0100;

    private DnsQuery() {}

    /** False when the name cannot be asked for. */
    static boolean write(ByteBuf out, int id, String name, int type, int payloadSize) {
        int start = out.writerIndex();
        out.writeShort(id).writeShort(RECURSION_DESIRED);
        out.writeShort(1).writeShort(0).writeShort(0).writeShort(1);
        if (!DnsName.write(out, name)) {
            out.writerIndex(start);
            return false;
        }
        out.writeShort(type).writeShort(CLASS_IN);
        out.writeByte(0).writeShort(TYPE_OPT).writeShort(payloadSize).writeInt(0).writeShort(0);
        return true;
    }
}
