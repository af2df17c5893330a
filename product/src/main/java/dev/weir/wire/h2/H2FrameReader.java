package dev.weir.wire.h2;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Cuts what arrives into frames and checks their form: RFC 9113 sections 4 and 6. Bodies pass through in slices; what
 * else there is of a frame is collected, in an array that all connections of a worker share where it has come whole.
 * Worker-owned.
 */
public final class H2FrameReader {

    /** How many frames a header block may have, so that small ones cannot go on for ever. */
    static final int MOST_CONTINUATIONS = 64;

    private enum At { PREFACE, FIRST, HEADER, DATA, PADDING, PAYLOAD, DEAD }

    private final H2FrameSink sink;
    private final boolean fromClient;
    private final int maxFrame;
    private final int maxBlock;
    private byte[] shared;
    private At at;
    private boolean settled;
    private int matched;
    private final byte[] header = new byte[H2Frames.HEADER];
    private int headerSize;
    private int length;
    private int type;
    private int flags;
    private int stream;
    private int left;
    private int padding;
    private byte[] own;
    private int ownSize;
    private byte[] block;
    private int blockSize;
    private int blockStream;
    private boolean blockIsLast;
    private int continuations;
    private H2Error error;

    /**
     * @param prefaced whether the preface comes first, which who dialled sends
     * @param fromClient whether the peer asks
     * @param maxFrame what our settings allow
     * @param maxBlock bytes that a header block may have
     * @param shared of at least a frame's size
     */
    public H2FrameReader(H2FrameSink sink, boolean prefaced, boolean fromClient, int maxFrame, int maxBlock,
            byte[] shared) {
        this.sink = sink;
        this.fromClient = fromClient;
        this.maxFrame = maxFrame;
        this.maxBlock = maxBlock;
        this.shared = shared;
        at = prefaced ? At.PREFACE : At.FIRST;
    }

    /** Why the connection must end, or null. */
    public H2Error error() {
        return error;
    }

    /** Whether the peer has not said yet what it begins with. */
    public boolean awaitsSettings() {
        return !settled;
    }

    /** Another worker's array from now on. */
    public void movedTo(byte[] other) {
        shared = other;
    }

    /** Reads no more. */
    public void stop() {
        at = At.DEAD;
        own = null;
        block = null;
    }

    /** Takes all that is there, and lets go of it. */
    public void read(ByteBuf in) {
        while (at != At.DEAD && in.isReadable()) {
            H2Error wrong = step(in);
            if (wrong != null) {
                error = wrong;
                stop();
            }
        }
        in.release();
    }

    private H2Error step(ByteBuf in) {
        return switch (at) {
            case PREFACE -> preface(in);
            case FIRST, HEADER -> header(in);
            case DATA -> data(in);
            case PADDING -> padding(in);
            case PAYLOAD -> payload(in);
            case DEAD -> null;
        };
    }

    private H2Error preface(ByteBuf in) {
        while (in.isReadable() && matched < H2Frames.PREFACE.length) {
            if (in.readByte() != H2Frames.PREFACE[matched++]) {
                return H2Error.PROTOCOL_ERROR;
            }
        }
        if (matched == H2Frames.PREFACE.length) {
            at = At.FIRST;
        }
        return null;
    }

    private H2Error header(ByteBuf in) {
        int more = Math.min(in.readableBytes(), H2Frames.HEADER - headerSize);
        in.readBytes(header, headerSize, more);
        headerSize += more;
        if (headerSize < H2Frames.HEADER) {
            return null;
        }
        headerSize = 0;
        length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | header[2] & 0xff;
        type = header[3] & 0xff;
        flags = header[4] & 0xff;
        stream = (int) number(header, 5, 4) & 0x7fffffff;
        H2Error wrong = verifyOrder();
        wrong = wrong != null ? wrong : verify();
        return wrong != null ? wrong : begin();
    }

    private static long number(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }

    /** Sections 3.4 and 6.10: settings first, and nothing between the pieces of a block. */
    private H2Error verifyOrder() {
        if (at == At.FIRST && (type != H2Frames.SETTINGS || (flags & H2Frames.ACK) != 0)) {
            return H2Error.PROTOCOL_ERROR;
        }
        boolean within = blockStream != 0;
        if (within != (type == H2Frames.CONTINUATION) || within && stream != blockStream) {
            return H2Error.PROTOCOL_ERROR;
        }
        return length > maxFrame ? H2Error.FRAME_SIZE_ERROR : null;
    }

    private H2Error verify() {
        return switch (type) {
            case H2Frames.DATA, H2Frames.HEADERS, H2Frames.CONTINUATION -> ofStream(true);
            case H2Frames.PRIORITY -> of(true, length == 5);
            case H2Frames.RST_STREAM -> of(true, length == 4);
            case H2Frames.SETTINGS -> of(false, (flags & H2Frames.ACK) != 0 ? length == 0 : length % 6 == 0);
            // we never let the other side promise anything
            case H2Frames.PUSH_PROMISE -> H2Error.PROTOCOL_ERROR;
            case H2Frames.PING -> of(false, length == 8);
            case H2Frames.GOAWAY -> of(false, length >= 8);
            case H2Frames.WINDOW_UPDATE -> length == 4 ? null : H2Error.FRAME_SIZE_ERROR;
            default -> null;
        };
    }

    private H2Error of(boolean aStream, boolean goodSize) {
        H2Error wrong = ofStream(aStream);
        return wrong != null ? wrong : goodSize ? null : H2Error.FRAME_SIZE_ERROR;
    }

    private H2Error ofStream(boolean aStream) {
        return aStream == (stream != 0) ? null : H2Error.PROTOCOL_ERROR;
    }

    private H2Error begin() {
        settled = true;
        left = length;
        padding = 0;
        if (type == H2Frames.DATA) {
            boolean padded = (flags & H2Frames.PADDED) != 0;
            if (padded && length == 0) {
                return H2Error.FRAME_SIZE_ERROR;
            }
            H2Error wrong = sink.dataBegun(stream, length);
            at = padded ? At.PADDING : At.DATA;
            return wrong != null || left > 0 ? wrong : dataEnded();
        }
        if (left == 0) {
            at = At.HEADER;
            return take(shared, 0);
        }
        at = At.PAYLOAD;
        ownSize = 0;
        return null;
    }

    private H2Error padding(ByteBuf in) {
        padding = in.readUnsignedByte();
        left--;
        if (padding > left) {
            return H2Error.PROTOCOL_ERROR;
        }
        at = At.DATA;
        return left > 0 ? null : dataEnded();
    }

    private H2Error data(ByteBuf in) {
        int payload = Math.min(left - padding, in.readableBytes());
        if (payload > 0) {
            left -= payload;
            sink.data(stream, in.readRetainedSlice(payload));
        } else {
            int skipped = Math.min(left, in.readableBytes());
            in.skipBytes(skipped);
            left -= skipped;
            padding -= skipped;
        }
        return left > 0 || at == At.DEAD ? null : dataEnded();
    }

    private H2Error dataEnded() {
        at = At.HEADER;
        return sink.dataEnded(stream, (flags & H2Frames.END_STREAM) != 0);
    }

    private H2Error payload(ByteBuf in) {
        int there = Math.min(left, in.readableBytes());
        if (own == null && there == length) {
            in.readBytes(shared, 0, length);
            at = At.HEADER;
            return take(shared, length);
        }
        own = own == null ? new byte[length] : own;
        in.readBytes(own, ownSize, there);
        ownSize += there;
        left -= there;
        if (left > 0) {
            return null;
        }
        byte[] whole = own;
        own = null;
        at = At.HEADER;
        return take(whole, length);
    }

    private H2Error take(byte[] bytes, int size) {
        return switch (type) {
            case H2Frames.HEADERS -> headers(bytes, size);
            case H2Frames.CONTINUATION -> continued(bytes, size);
            case H2Frames.RST_STREAM -> sink.reset(stream, H2Error.of(number(bytes, 0, 4)));
            case H2Frames.SETTINGS -> settings(bytes, size);
            case H2Frames.PING -> (flags & H2Frames.ACK) != 0 ? sink.ignored(type, 0)
                    : sink.ping(number(bytes, 0, 8));
            case H2Frames.GOAWAY -> sink.goAway((int) number(bytes, 0, 4) & 0x7fffffff,
                    H2Error.of(number(bytes, 4, 4)));
            case H2Frames.WINDOW_UPDATE -> sink.windowUpdate(stream, (int) number(bytes, 0, 4) & 0x7fffffff);
            default -> sink.ignored(type, stream);
        };
    }

    private H2Error settings(byte[] bytes, int size) {
        if ((flags & H2Frames.ACK) != 0) {
            return sink.settingsAcknowledged();
        }
        for (int i = 0; i < size; i += 6) {
            int id = (int) number(bytes, i, 2);
            long value = number(bytes, i + 2, 4);
            H2Error wrong = verifySetting(id, value);
            wrong = wrong != null ? wrong : sink.setting(id, value);
            if (wrong != null) {
                return wrong;
            }
        }
        return sink.settings();
    }

    /** Section 6.5.2. */
    private H2Error verifySetting(int id, long value) {
        return switch (id) {
            case H2Frames.ENABLE_PUSH -> value > 1 || value == 1 && !fromClient ? H2Error.PROTOCOL_ERROR : null;
            case H2Frames.ENABLE_CONNECT_PROTOCOL -> value > 1 ? H2Error.PROTOCOL_ERROR : null;
            case H2Frames.INITIAL_WINDOW_SIZE -> value > H2Frames.MOST_WINDOW ? H2Error.FLOW_CONTROL_ERROR : null;
            case H2Frames.MAX_FRAME_SIZE -> value < H2Frames.LEAST_FRAME || value > 0xffffff
                    ? H2Error.PROTOCOL_ERROR : null;
            default -> null;
        };
    }

    /** Section 6.2. */
    private H2Error headers(byte[] bytes, int size) {
        int from = 0;
        int to = size;
        if ((flags & H2Frames.PADDED) != 0) {
            if (size == 0) {
                return H2Error.FRAME_SIZE_ERROR;
            }
            to -= bytes[from++] & 0xff;
        }
        if ((flags & H2Frames.WITH_PRIORITY) != 0) {
            if (to - from < 5) {
                return size < 5 ? H2Error.FRAME_SIZE_ERROR : H2Error.PROTOCOL_ERROR;
            }
            if (((int) number(bytes, from, 4) & 0x7fffffff) == stream) {
                return H2Error.PROTOCOL_ERROR;
            }
            from += 5;
        }
        if (to < from) {
            return H2Error.PROTOCOL_ERROR;
        }
        blockIsLast = (flags & H2Frames.END_STREAM) != 0;
        if ((flags & H2Frames.END_HEADERS) != 0) {
            return sink.headers(stream, bytes, from, to, blockIsLast);
        }
        blockStream = stream;
        blockSize = 0;
        continuations = 0;
        return collect(bytes, from, to - from);
    }

    private H2Error collect(byte[] bytes, int from, int count) {
        if (blockSize + count > maxBlock) {
            return H2Error.ENHANCE_YOUR_CALM;
        }
        if (block == null || block.length < blockSize + count) {
            byte[] bigger = new byte[Math.min(maxBlock, Math.max(blockSize + count, 2 * blockSize))];
            if (blockSize > 0) {
                System.arraycopy(block, 0, bigger, 0, blockSize);
            }
            block = bigger;
        }
        System.arraycopy(bytes, from, block, blockSize, count);
        blockSize += count;
        return null;
    }

    private H2Error continued(byte[] bytes, int size) {
        if (++continuations > MOST_CONTINUATIONS) {
            return H2Error.ENHANCE_YOUR_CALM;
        }
        H2Error wrong = collect(bytes, 0, size);
        if (wrong != null || (flags & H2Frames.END_HEADERS) == 0) {
            return wrong;
        }
        byte[] whole = block;
        block = null;
        blockStream = 0;
        return sink.headers(stream, whole == null ? Arrays.copyOf(shared, 0) : whole, 0, blockSize, blockIsLast);
    }
}
