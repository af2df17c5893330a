package dev.weir.net.mux;

import dev.weir.wire.h2.H2HeadWriter;
import dev.weir.wire.http.Heads;

/**
 * What the HTTP/2 engines of one worker share, of one side. Worker-owned.
 *
 * @param maxHead bytes that a head may have
 * @param maxHeaders as many are one too many
 * @param scratch room for a frame that has come whole
 */
public record H2Setup(H2Terms terms, int maxHead, int maxHeaders, Heads heads, H2HeadWriter writer, byte[] scratch) {

    public H2Setup(H2Terms terms, int maxHead, int maxHeaders, Heads heads) {
        this(terms, maxHead, maxHeaders, heads, new H2HeadWriter(), new byte[terms.maxFrame()]);
    }
}
