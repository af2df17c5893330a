package dev.weir.wire.proxyv;

import io.netty.buffer.ByteBuf;

/**
 * Reads the header that stands before everything else on an accepted connection. The caller cumulates what arrived and
 * calls {@link #read} after each addition until the answer is not {@link Progress#NEED_MORE}. Nothing is consumed before
 * the header is whole; then exactly the header is, so that what follows it goes on to the next layer. Worker-owned.
 */
public abstract sealed class HeaderReader permits ProxyHeaderReader, NetScalerCipReader {

    public enum Progress { NEED_MORE, DONE, BAD }

    private ProxyHeader header;
    private HeaderError error;

    HeaderReader() {}

    /** Looks at the readable bytes. On DONE the reader index has moved past the header, otherwise it has not moved. */
    public abstract Progress read(ByteBuf in);

    /** What a connection died of that ended before the header was whole. */
    public abstract HeaderError onEnd(boolean anyByteReceived);

    public abstract HeaderError onError();

    public abstract HeaderError onTimeout();

    /** After DONE. */
    public ProxyHeader header() {
        return header;
    }

    /** After BAD. */
    public HeaderError error() {
        return error;
    }

    /** Makes the reader ready for another connection. */
    public void reset() {
        header = null;
        error = null;
    }

    Progress done(ByteBuf in, int length, ProxyHeader result) {
        in.skipBytes(length);
        header = result;
        return Progress.DONE;
    }

    Progress bad(HeaderError reason) {
        error = reason;
        return Progress.BAD;
    }
}
