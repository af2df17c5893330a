package dev.weir.net.mux;

import dev.weir.wire.h2.H2HeadWriter;
import dev.weir.wire.http.Heads;

/** What the HTTP/2 engines of one worker share, of one side. Worker-owned. */
public final class H2Setup {

    private final H2Terms terms;
    private final int maxHead;
    private final int maxHeaders;
    private final Heads heads;
    private final H2HeadWriter writer = new H2HeadWriter();
    private byte[] scratch;

    /**
     * @param maxHead bytes that a head may have
     * @param maxHeaders as many are one too many
     */
    public H2Setup(H2Terms terms, int maxHead, int maxHeaders, Heads heads) {
        this.terms = terms;
        this.maxHead = maxHead;
        this.maxHeaders = maxHeaders;
        this.heads = heads;
    }

    H2Terms terms() {
        return terms;
    }

    int maxHead() {
        return maxHead;
    }

    int maxHeaders() {
        return maxHeaders;
    }

    Heads heads() {
        return heads;
    }

    H2HeadWriter writer() {
        return writer;
    }

    /** Room for a frame that has come whole; made for the first connection, since each generation has a set-up. */
    byte[] scratch() {
        scratch = scratch == null ? new byte[terms.maxFrame()] : scratch;
        return scratch;
    }
}
