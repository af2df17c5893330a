package dev.weir.wire.h1;

import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.Heads;
import dev.weir.wire.http.Method;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Parser, body reader and writer put together as a proxy would, without connections: what comes out for what goes in. */
final class H1Forward {

    static final H1Limits LIMITS = new H1Limits(15360, 101, false);

    private final H1Limits limits;
    private final Heads heads = new Heads();
    private final H1Writer writer = new H1Writer(null);
    private final H1HeadParser parser;
    private final H1ResponseParser answers;
    private final H1Body body;
    private final Head head = new Head();
    private final boolean lettingGo;
    private final StringBuilder done = new StringBuilder();
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private ByteArrayOutputStream data = new ByteArrayOutputStream();
    private ByteBuf written = Unpooled.buffer();
    private boolean inBody;
    private boolean raw;
    private boolean over;
    private boolean clientKeeps = true;
    private int clientVersion;

    private H1Forward(H1Limits limits, H1HeadParser parser, boolean lettingGo) {
        this.limits = limits;
        this.parser = parser;
        this.answers = parser instanceof H1ResponseParser r ? r : null;
        this.lettingGo = lettingGo;
        body = new H1Body(limits, heads);
        parser.begin(head);
    }

    /** What a server would get, and {@code keep}, {@code close}, {@code wait} or an error's status at the end. */
    static String requests(byte[] input, H1Limits limits, int[] sizes, boolean lettingGo) {
        H1Forward forward = new H1Forward(limits, new H1RequestParser(limits), lettingGo);
        forward.feed(input, sizes);
        return forward.result(false);
    }

    /** The very bytes that a server would get of whole requests. */
    static byte[] wire(byte[] input, H1Limits limits) {
        H1Forward forward = new H1Forward(limits, new H1RequestParser(limits), false);
        forward.feed(input, whole());
        return forward.wire.toByteArray();
    }

    /** What a client would get for the answers to a request. */
    static String responses(String asking, byte[] input, boolean ended, H1Limits limits, int[] sizes, boolean lettingGo) {
        H1RequestParser request = new H1RequestParser(limits.maxHead(), limits.maxHeaders(), false);
        request.parse(Unpooled.copiedBuffer(asking, StandardCharsets.US_ASCII));
        H1ResponseParser parser = new H1ResponseParser(limits);
        H1Head asked = request.head();
        parser.asked(asked.message().method(), asked.asksUpgrade(), asked.asksWebsocket());
        H1Forward forward = new H1Forward(limits, parser, lettingGo);
        forward.clientKeeps = asked.persists();
        forward.clientVersion = asked.message().version();
        forward.feed(input, sizes);
        return forward.result(ended);
    }

    /** Sizes of the pieces that an input is cut into: whole, single bytes, or random ones. */
    static int[] whole() {
        return new int[] {Integer.MAX_VALUE};
    }

    static int[] bytes() {
        return new int[] {1};
    }

    static int[] random(Random random) {
        int[] sizes = new int[7];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = 1 + random.nextInt(40);
        }
        return sizes;
    }

    private void feed(byte[] input, int[] sizes) {
        ByteBuf in = Unpooled.buffer();
        for (int at = 0, i = 0; at < input.length && !over; i++) {
            int size = Math.min(sizes[i % sizes.length], input.length - at);
            in.writeBytes(input, at, size);
            at += size;
            proceed(in);
        }
    }

    private void proceed(ByteBuf in) {
        boolean more = true;
        while (more && !over) {
            more = raw ? raw(in) : inBody ? body(in) : head(in);
        }
    }

    private boolean raw(ByteBuf in) {
        written.writeBytes(in);
        return false;
    }

    private boolean head(ByteBuf in) {
        switch (parser.parse(in)) {
            case NEED_MORE -> {
                if (lettingGo) {
                    parser.forget();
                    in.skipBytes(in.readableBytes());
                }
                return false;
            }
            case BAD -> error(parser.error());
            case DONE -> {
                in.skipBytes(parser.pending());
                begin();
            }
        }
        return true;
    }

    private void begin() {
        if (answers == null) {
            boolean keep = !parser.head().asksUpgrade() && parser.head().framing() != Framing.CHUNKED
                    || head.version() >= 11;
            writer.head(head, word(keep), written);
            raw = head.method() == Method.CONNECT;
        } else if (answers.isInformational()) {
            writer.head(head, H1Writer.Word.NOTHING, written);
            parser.begin(head);
            return;
        } else {
            raw = answers.isTunnel();
            writer.head(head, raw ? H1Writer.Word.NOTHING : word(keeps()), written);
        }
        body.begin(head.framing(), head.bodyLength());
        inBody = !raw;
        bodyEnd();
    }

    private boolean keeps() {
        return clientKeeps && head.framing() != Framing.UNTIL_CLOSE
                && !(head.framing() == Framing.CHUNKED && head.version() < 11);
    }

    private H1Writer.Word word(boolean keep) {
        return H1Writer.Word.of(keep, head.version(), answers == null ? 11 : clientVersion);
    }

    private boolean body(ByteBuf in) {
        int count = body.next(in);
        if (count > 0) {
            byte[] piece = new byte[count];
            in.readBytes(piece);
            data.writeBytes(piece);
        }
        if (body.error() != null) {
            error(body.error());
            return false;
        }
        return bodyEnd() || count > 0;
    }

    private boolean bodyEnd() {
        if (!inBody || !body.isDone()) {
            return false;
        }
        message(true);
        inBody = false;
        boolean keep = answers == null ? parser.head().persists() : keeps();
        over = !keep || answers != null;
        if (over) {
            done.append(keep ? "keep" : "close");
        } else {
            parser.begin(head);
        }
        return true;
    }

    private void message(boolean whole) {
        if (head.framing() == Framing.CHUNKED && data.size() > 0) {
            H1Writer.chunk(data.size(), true, written);
            written.writeBytes(data.toByteArray());
            if (!whole) {
                written.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } else {
            written.writeBytes(data.toByteArray());
        }
        if (whole && head.framing() == Framing.CHUNKED) {
            writer.lastChunk(data.size() == 0, body.trailers(), written);
        }
        body.release();
        byte[] bytes = new byte[written.readableBytes()];
        written.readBytes(bytes);
        if (whole) {
            wire.writeBytes(bytes);
        }
        done.append(H1Rows.written(bytes)).append(answers == null ? " + " : " ");
        data = new ByteArrayOutputStream();
        written = Unpooled.buffer();
    }

    private void error(H1Error error) {
        over = true;
        if (answers == null) {
            done.append(error.status()).append(" close");
        } else {
            done.setLength(0);
            done.append("502");
        }
    }

    private String result(boolean ended) {
        if (over) {
            return done.toString();
        }
        if (answers != null && ended && inBody && body.endsWithConnection()) {
            message(true);
            return done + "close";
        }
        if (raw || inBody) {
            message(false);
        } else if (answers != null) {
            return "502";
        }
        return done + (ended ? "close" : raw || answers == null && !inBody && !parser.hasStartLine() ? "keep" : "wait");
    }

}
