package dev.weir.admin.stats;

import dev.weir.flow.reply.Reply;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** A view as the body of an answer. One use. */
final class ViewBody implements Reply.Streamed {

    private static final int PIECE = 12 * 1024;

    private final StatsView view;
    private final StringBuilder text = new StringBuilder(PIECE + 4096);

    ViewBody(StatsView view) {
        this.view = view;
    }

    @Override
    public boolean append(ByteBuf out) {
        text.setLength(0);
        boolean more = view.write(text, PIECE);
        out.writeCharSequence(text, StandardCharsets.UTF_8);
        return more;
    }
}
