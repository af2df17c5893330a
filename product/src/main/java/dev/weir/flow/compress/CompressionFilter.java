package dev.weir.flow.compress;

import dev.weir.flow.filter.Filter;
import dev.weir.flow.filter.FilterHost;
import dev.weir.flow.filter.Stage;
import dev.weir.model.server.Count;
import dev.weir.wire.http.ContentCoding;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Method;
import java.nio.charset.StandardCharsets;

/**
 * {@code filter comp-res}: compresses answers for clients that accept it. Immutable.
 *
 * <p>What the client accepts is looked up when its request passes, since {@code compression offload} hides it from the
 * server; the exchange remembers it.
 */
public record CompressionFilter(String name, CompressionTerms terms, Compressors compressors) implements Filter {

    private static final byte[] ACCEPT_ENCODING = "Accept-Encoding".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] CHUNKED = "chunked".getBytes(StandardCharsets.US_ASCII);

    @Override
    public boolean yieldsTo(Filter ofBackend) {
        return ofBackend instanceof CompressionFilter;
    }

    @Override
    public Stage request(FilterHost host) {
        Head head = host.requestHead();
        if (head == null || terms.codings().isEmpty()) {
            return null;
        }
        ContentCoding coding = Browsers.cannotDecode(head) ? null : AcceptedCodings.best(terms.codings(), head);
        host.record().http().coding(coding);
        if (coding != null && coding != ContentCoding.IDENTITY && terms.offload()) {
            head.deleteAll(HeaderName.ACCEPT_ENCODING);
        }
        return null;
    }

    @Override
    public Stage response(FilterHost host) {
        Head head = host.responseHead();
        ContentCoding chosen = head == null ? null : host.record().http().coding();
        if (chosen == null) {
            return null;
        }
        if (!CompressionGate.PROCESS.isOpen(host.record().worker().nowMs())
                || !isCompressible(host.requestHead(), head)) {
            host.record().http().coding(null);
            return null;
        }
        chunk(head);
        head.add(HeaderName.VARY, ACCEPT_ENCODING);
        if (chosen == ContentCoding.IDENTITY) {
            return null;
        }
        EntityTags.weaken(head);
        head.add(HeaderName.CONTENT_ENCODING, chosen.token());
        host.record().countBoth(Count.COMPRESSED_RESPONSES, 1);
        return new CompressionStage(compressors, chosen, host.record());
    }

    /** The length of what comes is not known before its end. */
    static void chunk(Head head) {
        if (head.framing() != Framing.CHUNKED) {
            head.deleteAll(HeaderName.CONTENT_LENGTH);
            head.add(HeaderName.TRANSFER_ENCODING, CHUNKED);
            head.framing(Framing.CHUNKED, 0);
        }
    }

    private boolean isCompressible(Head request, Head answer) {
        boolean sized = answer.framing() == Framing.CHUNKED
                || answer.framing() == Framing.LENGTH && answer.bodyLength() >= Math.max(1, terms.minimum());
        return sized && answer.status() >= 200 && answer.status() <= 203 && answer.version() >= 11
                && request.version() >= 11 && request.method() != Method.HEAD
                && answer.find(HeaderName.CONTENT_ENCODING) < 0 && EntityTags.areValid(answer)
                && !says(answer, HeaderName.CACHE_CONTROL, "no-transform") && MediaTypes.isWanted(terms, answer);
    }

    private static boolean says(Head head, HeaderName name, String directive) {
        for (int i = head.find(name); i >= 0; i = head.find(name, i + 1)) {
            int last = head.valueAt(i) + head.valueLength(i) - directive.length();
            for (int at = head.valueAt(i); at <= last; at++) {
                if (startsWith(head.area(), at, directive.length(), directive)) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean startsWith(byte[] area, int at, int length, String text) {
        if (length < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (CompressionTerms.lower(area[at + i]) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
