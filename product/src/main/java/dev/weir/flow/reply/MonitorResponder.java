package dev.weir.flow.reply;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** {@code monitor-uri}: answers that the proxy is alive, without any server. Immutable. */
public final class MonitorResponder implements Responder {

    private final String uri;
    private final Reply alive;

    public MonitorResponder(String uri) {
        this.uri = uri;
        ByteBuf page = ErrorPages.body(200);
        byte[] bytes = page.toString(StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        alive = new Reply("200 OK", "content-length: " + bytes.length
                + "\r\ncache-control: no-cache\r\ncontent-type: text/html\r\n", new Reply.Whole(bytes));
    }

    /** Monitors ask every few seconds for ever. */
    @Override
    public boolean isLogged() {
        return false;
    }

    @Override
    public Reply answer(Request request) {
        boolean same = request.path().equals(uri) || !request.query().isEmpty()
                && (request.path() + "?" + request.query()).equals(uri);
        return same ? alive : null;
    }
}
