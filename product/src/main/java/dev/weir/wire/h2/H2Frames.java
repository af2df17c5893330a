package dev.weir.wire.h2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** The numbers of RFC 9113 sections 4 to 6, and the frames that are written whole. Immutable. */
public final class H2Frames {

    public static final int HEADER = 9;
    public static final int LEAST_FRAME = 16384;
    public static final int USUAL_WINDOW = 65535;
    public static final long MOST_WINDOW = 0x7fffffffL;

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    /** Of DATA and HEADERS. */
    public static final int END_STREAM = 1;
    /** Of SETTINGS and PING. */
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;
    public static final int PADDED = 8;
    public static final int WITH_PRIORITY = 0x20;

    public static final int HEADER_TABLE_SIZE = 1;
    public static final int ENABLE_PUSH = 2;
    public static final int MAX_CONCURRENT_STREAMS = 3;
    public static final int INITIAL_WINDOW_SIZE = 4;
    public static final int MAX_FRAME_SIZE = 5;
    public static final int ENABLE_CONNECT_PROTOCOL = 8;

    /** What a client says first. */
    public static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final ByteBuf SETTINGS_ACK = Unpooled.unreleasableBuffer(
            header(0, SETTINGS, ACK, 0, Unpooled.directBuffer(HEADER)).asReadOnly());

    private H2Frames() {}

    public static ByteBuf header(int length, int type, int flags, int stream, ByteBuf out) {
        return out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
    }

    private static ByteBuf frame(int length, int type, int flags, int stream) {
        return header(length, type, flags, stream, ByteBufAllocator.DEFAULT.directBuffer(HEADER + length));
    }

    public static ByteBuf settingsAck() {
        return SETTINGS_ACK.duplicate();
    }

    public static ByteBuf ping(long opaque) {
        return frame(8, PING, 0, 0).writeLong(opaque);
    }

    public static ByteBuf pingAck(long opaque) {
        return frame(8, PING, ACK, 0).writeLong(opaque);
    }

    public static ByteBuf reset(int stream, H2Error error) {
        return frame(4, RST_STREAM, 0, stream).writeInt(error.code());
    }

    public static ByteBuf windowUpdate(int stream, int increment) {
        return frame(4, WINDOW_UPDATE, 0, stream).writeInt(increment);
    }

    public static ByteBuf goAway(int lastStream, H2Error error) {
        return frame(8, GOAWAY, 0, 0).writeInt(lastStream).writeInt(error.code());
    }

    public static ByteBuf data(int stream, int length, boolean last) {
        return header(length, DATA, last ? END_STREAM : 0, stream, ByteBufAllocator.DEFAULT.directBuffer(HEADER));
    }

    /** A block that fits into no one frame goes on in others. */
    public static void block(int stream, ByteBuf block, int maxFrame, boolean last, ByteBuf out) {
        int first = Math.min(maxFrame, block.readableBytes());
        boolean whole = first == block.readableBytes();
        header(first, HEADERS, (last ? END_STREAM : 0) | (whole ? END_HEADERS : 0), stream, out);
        out.writeBytes(block, first);
        while (block.isReadable()) {
            int length = Math.min(maxFrame, block.readableBytes());
            header(length, CONTINUATION, length == block.readableBytes() ? END_HEADERS : 0, stream, out);
            out.writeBytes(block, length);
        }
    }
}
