package dev.weir.wire.h1;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The head of a request as places in the buffer that it arrived in. Offsets count from the buffer's reader index at the
 * parser's start, so the buffer may grow or move as long as nothing before the end of the head is taken out. Header names
 * are lower case already, folds are blanks already. Reused from request to request; worker-owned.
 */
public final class H1Head {

    /** How the length of the body is known. */
    public enum Framing { NONE, LENGTH, CHUNKED }

    static final int CLOSE = 1;
    static final int KEEP_ALIVE = 2;
    static final int UPGRADE = 4;

    private static final int FIELDS = 5;

    int methodAt;
    int methodLength;
    int targetAt;
    int targetLength;
    int schemeLength;
    int authorityAt;
    int authorityLength;
    int pathAt;
    int pathLength;
    int minor;
    int length;
    Framing framing;
    long contentLength;
    int connection;
    boolean closes;
    boolean hasUpgrade;
    private int[] headers = new int[FIELDS * 32];
    private int count;

    void clear() {
        count = 0;
        schemeLength = 0;
        authorityAt = 0;
        authorityLength = 0;
        pathAt = 0;
        pathLength = 0;
        framing = Framing.NONE;
        contentLength = 0;
        connection = 0;
        closes = false;
        hasUpgrade = false;
        length = 0;
    }

    void add(int nameAt, int nameLength, int hash, int valueAt, int valueLength) {
        int at = count * FIELDS;
        if (at == headers.length) {
            headers = Arrays.copyOf(headers, at * 2);
        }
        headers[at] = nameAt;
        headers[at + 1] = nameLength;
        headers[at + 2] = hash;
        headers[at + 3] = valueAt;
        headers[at + 4] = valueLength;
        count++;
    }

    void setValue(int index, int valueAt, int valueLength) {
        headers[index * FIELDS + 3] = valueAt;
        headers[index * FIELDS + 4] = valueLength;
    }

    void remove(int index) {
        count--;
        System.arraycopy(headers, (index + 1) * FIELDS, headers, index * FIELDS, (count - index) * FIELDS);
    }

    /** All bytes of the head, the empty line and lines skipped before it included. */
    public int length() {
        return length;
    }

    public int methodAt() {
        return methodAt;
    }

    public int methodLength() {
        return methodLength;
    }

    /** The target as it was sent. */
    public int targetAt() {
        return targetAt;
    }

    public int targetLength() {
        return targetLength;
    }

    /** 0 unless the target is absolute; the scheme stands at the target's start. */
    public int schemeLength() {
        return schemeLength;
    }

    public int authorityAt() {
        return authorityAt;
    }

    /** Of an absolute target or one of CONNECT, without the default port; else 0. */
    public int authorityLength() {
        return authorityLength;
    }

    public int pathAt() {
        return pathAt;
    }

    /** Path and query; 0 for CONNECT and for an absolute target that ends with its authority. */
    public int pathLength() {
        return pathLength;
    }

    /** 0 for HTTP/1.0 and older, 1 for all later ones, which we speak as HTTP/1.1. */
    public int minorVersion() {
        return minor;
    }

    public Framing framing() {
        return framing;
    }

    /** Meaningful for {@link Framing#LENGTH}. */
    public long contentLength() {
        return contentLength;
    }

    public boolean saysClose() {
        return (connection & CLOSE) != 0;
    }

    public boolean saysKeepAlive() {
        return (connection & KEEP_ALIVE) != 0;
    }

    /** Both an Upgrade header and the word in Connection; one without the other means nothing. */
    public boolean asksUpgrade() {
        return hasUpgrade && (connection & UPGRADE) != 0;
    }

    /** Whether the connection must close after the answer, because its framing could be read in two ways. */
    public boolean mustClose() {
        return closes;
    }

    public int headers() {
        return count;
    }

    public int nameAt(int index) {
        return headers[index * FIELDS];
    }

    public int nameLength(int index) {
        return headers[index * FIELDS + 1];
    }

    public int valueAt(int index) {
        return headers[index * FIELDS + 3];
    }

    public int valueLength(int index) {
        return headers[index * FIELDS + 4];
    }

    /** The first header of that name from this index on, or -1. */
    public int find(ByteBuf in, H1Name name, int from) {
        for (int i = from; i < count; i++) {
            if (is(in, i, name)) {
                return i;
            }
        }
        return -1;
    }

    boolean is(ByteBuf in, int index, H1Name name) {
        if (headers[index * FIELDS + 2] != name.hash || nameLength(index) != name.bytes.length) {
            return false;
        }
        int at = in.readerIndex() + nameAt(index);
        for (int i = 0; i < name.bytes.length; i++) {
            if (in.getByte(at + i) != name.bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
