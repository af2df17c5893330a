package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Terminal;
import dev.weir.flow.reply.ErrorPages;
import dev.weir.upkeep.fetch.HttpFetch;
import dev.weir.wire.http.Head;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The answer of {@code httpclient}: the head and the body of what a server said, as it comes; a page where none did. While the
 * client does not read, the server waits. What is no text of UTF-8 is shown as replaced characters. Owned by the Conductor.
 */
final class FetchText implements Answer, HttpFetch.Owner {

    private static final int MOST_HELD = 64 * 1024;

    private final Terminal terminal;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder held = new StringBuilder();
    /** Bytes of a character that is not whole yet. */
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private HttpFetch fetch;
    private boolean begun;
    private boolean done;
    private boolean abandoned;

    FetchText(Terminal terminal) {
        this.terminal = terminal;
    }

    void begin(HttpFetch of) {
        fetch = of;
        if (!abandoned) {
            of.begin();
        }
        begun = true;
    }

    /** Nobody knows the host. */
    void unknown() {
        held.append("HTTP/1.1 503 Service Unavailable\ncontent-length: 0\r\n\r\n");
        ended();
    }

    @Override
    public void answered(Head head) {
        byte[] area = head.area();
        held.append("HTTP/").append(head.version() / 10).append('.').append(head.version() % 10).append(' ')
                .append(head.status()).append(' ').append(text(area, head.reasonAt(), head.reasonLength())).append('\n');
        for (int i = head.first(); i >= 0; i = head.after(i)) {
            held.append(text(area, head.nameAt(i), head.nameLength(i))).append(": ")
                    .append(text(area, head.valueAt(i), head.valueLength(i))).append("\r\n");
        }
        held.append(head.first() >= 0 ? "\r\n" : "");
        go();
    }

    private static String text(byte[] area, int at, int length) {
        return new String(area, at, length, StandardCharsets.UTF_8);
    }

    @Override
    public void body(byte[] piece) {
        ByteBuffer bytes = ByteBuffer.allocate(rest.remaining() + piece.length).put(rest).put(piece).flip();
        CharBuffer chars = CharBuffer.allocate(bytes.remaining() + 1);
        decoder.decode(bytes, chars, false);
        held.append(chars.flip());
        rest = bytes;
        if (held.length() > MOST_HELD) {
            fetch.flows(false);
        }
        go();
    }

    @Override
    public void ended() {
        done = true;
        go();
    }

    @Override
    public void failed(HttpFetch.Stage at) {
        if (at != HttpFetch.Stage.ANSWERING) {
            int status = at == HttpFetch.Stage.CONNECTING ? 503 : at == HttpFetch.Stage.ASKED ? 502 : 504;
            held.append(ErrorPages.text(status).replaceFirst("\r\n", "\n"));
        }
        ended();
    }

    private void go() {
        if (begun && !abandoned) {
            terminal.resume();
        }
    }

    @Override
    public Progress write(StringBuilder out, int atLeast) {
        begun = true;
        out.append(held);
        held.setLength(0);
        if (!done && fetch != null) {
            fetch.flows(true);
        }
        return done ? Progress.DONE : Progress.WAITING;
    }

    @Override
    public void abandoned() {
        abandoned = true;
        if (fetch != null) {
            fetch.abandon();
        }
    }
}
