package dev.weir.wire.proxyv;

import io.netty.buffer.ByteBuf;

/**
 * Reads a PROXY header of either version. The version shows with the first byte; what cannot become a header is refused
 * at the first byte that says so. Worker-owned.
 */
public final class ProxyHeaderReader extends HeaderReader {

    @Override
    public Progress read(ByteBuf in) {
        if (!in.isReadable()) {
            return Progress.NEED_MORE;
        }
        return in.getByte(in.readerIndex()) == ProxyV2.SIGNATURE[0] ? ProxyV2.read(this, in) : ProxyV1.read(this, in);
    }

    /** Whether the readable bytes start as the text does, as far as there are any. */
    static boolean startsAs(ByteBuf in, byte[] text) {
        int count = Math.min(text.length, in.readableBytes());
        for (int i = 0; i < count; i++) {
            if (in.getByte(in.readerIndex() + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public HeaderError onEnd(boolean anyByteReceived) {
        return anyByteReceived ? HeaderError.PRX_TRUNCATED : HeaderError.PRX_EMPTY;
    }

    @Override
    public HeaderError onError() {
        return HeaderError.PRX_ABORT;
    }

    @Override
    public HeaderError onTimeout() {
        return HeaderError.PRX_TIMEOUT;
    }
}
