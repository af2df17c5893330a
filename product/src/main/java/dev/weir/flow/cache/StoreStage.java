package dev.weir.flow.cache;

import dev.weir.flow.filter.Stage;
import dev.weir.flow.reply.Reply;
import dev.weir.net.mux.Reason;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Copies a body as it passes; what turns out too large is not kept. Worker-owned. */
final class StoreStage extends Stage {

    private final CacheTurn turn;
    private final int status;
    private final byte[] reason;
    private final List<Reply.Field> fields;
    private final boolean chunked;
    private final byte[] etag;
    private final List<byte[]> links;
    private final long lastModified;
    private final int headSize;
    private final long largest;
    private final CacheTurn.Terms terms;
    private ByteArrayOutputStream body = new ByteArrayOutputStream();

    StoreStage(CacheTurn turn, Head answer, long largest, CacheTurn.Terms terms) {
        this.turn = turn;
        this.status = answer.status();
        this.reason = Arrays.copyOfRange(answer.area(), answer.reasonAt(), answer.reasonAt() + answer.reasonLength());
        this.fields = CacheTurn.fields(answer);
        this.chunked = answer.framing() == Framing.CHUNKED;
        this.links = turn.links(answer);
        int tag = answer.find(HeaderName.ETAG);
        this.etag = tag < 0 ? null : Arrays.copyOfRange(answer.area(), answer.valueAt(tag),
                answer.valueAt(tag) + answer.valueLength(tag));
        this.lastModified = CacheDirectives.date(answer, HeaderName.LAST_MODIFIED);
        this.headSize = answer.size();
        this.largest = largest;
        this.terms = terms;
    }

    @Override
    public void data(ByteBuf slice) {
        if (body != null && headSize + body.size() + slice.readableBytes() > largest) {
            body = null;
        }
        if (body != null) {
            byte[] piece = new byte[slice.readableBytes()];
            slice.getBytes(slice.readerIndex(), piece);
            body.writeBytes(piece);
        }
        next().data(slice);
    }

    @Override
    public void end() {
        keep();
        next().end();
    }

    @Override
    public void end(Head trailers) {
        keep();
        next().end(trailers);
    }

    private void keep() {
        if (body != null) {
            Reply whole = new Reply(status, reason, fields, new Reply.Whole(body.toByteArray()));
            turn.complete(whole, chunked, terms, etag, lastModified, links, headSize + body.size());
            body = null;
        }
    }

    @Override
    public void reset(Reason reason) {
        body = null;
        next().reset(reason);
    }
}
