package dev.weir.flow.compress;

import dev.weir.flow.filter.Filter;
import dev.weir.flow.filter.FilterHost;
import dev.weir.flow.filter.Stage;
import dev.weir.wire.http.ContentCoding;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;

/** {@code filter comp-req}: compresses the bodies of requests on their way to servers. Immutable. */
public record RequestCompression(String name, CompressionTerms terms, Compressors compressors) implements Filter {

    @Override
    public boolean yieldsTo(Filter ofBackend) {
        return ofBackend instanceof RequestCompression;
    }

    @Override
    public Stage request(FilterHost host) {
        Head head = host.requestHead();
        ContentCoding coding = terms.codings().isEmpty() ? null : terms.codings().getFirst();
        if (head == null || coding == null || coding == ContentCoding.IDENTITY || !isCompressible(head)) {
            return null;
        }
        CompressionFilter.chunk(head);
        head.add(HeaderName.CONTENT_ENCODING, coding.token());
        return new CompressionStage(compressors, coding, host.record());
    }

    private boolean isCompressible(Head head) {
        boolean sized = head.framing() == Framing.CHUNKED
                || head.framing() == Framing.LENGTH && head.bodyLength() >= Math.max(1, terms.minimum());
        return sized && head.version() >= 11 && head.find(HeaderName.CONTENT_ENCODING) < 0
                && MediaTypes.isWanted(terms, head);
    }
}
