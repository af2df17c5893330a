package dev.weir.flow.filter;

import dev.weir.wire.http.Head;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadLocalRandom;

/** Tells what passes and gives it on, all at once or piece by piece. Worker-owned. */
final class TraceStage extends Stage {

    private final TraceFilter filter;
    private final FilterHost host;
    private final boolean ofResponse;
    private final boolean http;
    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>();
    private long offset;

    TraceStage(TraceFilter filter, FilterHost host, boolean ofResponse, boolean http) {
        this.filter = filter;
        this.host = host;
        this.ofResponse = ofResponse;
        this.http = http;
    }

    void tell(String call, String rest) {
        filter.tell(host, call, ": channel=" + (ofResponse ? "RESPONSE  " : "REQUEST   ") + " - mode="
                + (http ? "HTTP " : "TCP  ") + " (backend)" + rest);
    }

    @Override
    public void data(ByteBuf slice) {
        int whole = slice.readableBytes();
        while (slice.isReadable()) {
            int length = slice.readableBytes();
            if (filter.random()) {
                length = 1 + ThreadLocalRandom.current().nextInt(length);
            }
            if (filter.atMost() > 0) {
                length = Math.min(length, filter.atMost());
            }
            tell(http ? "trace_http_payload" : "trace_tcp_payload", " - offset=" + offset + " - len=" + whole
                    + " - forward=" + length);
            byte[] bytes = new byte[length];
            slice.getBytes(slice.readerIndex(), bytes);
            filter.dump(bytes);
            offset += length;
            whole -= length;
            pieces.add(slice.readRetainedSlice(length));
        }
        slice.release();
        for (ByteBuf piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            next().data(piece);
            if (!pieces.isEmpty()) {
                next().flush();
            }
        }
    }

    @Override
    public void end() {
        ended();
        super.end();
    }

    @Override
    public void end(Head trailers) {
        ended();
        super.end(trailers);
    }

    private void ended() {
        if (http) {
            tell("trace_http_end", "");
        }
    }

    @Override
    protected void restart() {
        offset = 0;
    }
}
