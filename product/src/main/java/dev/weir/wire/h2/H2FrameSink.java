package dev.weir.wire.h2;

import io.netty.buffer.ByteBuf;

/**
 * Takes what frames say, whose form has been checked; what depends on the streams is the receiver's to check. What is
 * returned ends the connection, null does not.
 */
public interface H2FrameSink {

    /** A DATA frame begins; padding counts for the windows. */
    H2Error dataBegun(int stream, int payload);

    /** A piece of one, which now belongs to the receiver. */
    void data(int stream, ByteBuf piece);

    H2Error dataEnded(int stream, boolean last);

    /** A header block is whole. */
    H2Error headers(int stream, byte[] block, int from, int to, boolean last);

    H2Error reset(int stream, H2Error code);

    H2Error setting(int id, long value);

    /** After the last one. */
    H2Error settings();

    H2Error settingsAcknowledged();

    H2Error ping(long opaque);

    H2Error goAway(int lastStream, H2Error code);

    H2Error windowUpdate(int stream, int increment);

    /** What has no effect: priorities, acknowledged pings, frames of unknown types. */
    H2Error ignored(int type, int stream);
}
