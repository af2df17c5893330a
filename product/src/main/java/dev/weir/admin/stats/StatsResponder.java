package dev.weir.admin.stats;

import dev.weir.flow.reply.Reply;
import dev.weir.flow.reply.Request;
import dev.weir.flow.reply.Responder;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * {@code stats enable}: the statistics page below its address, and the same numbers as CSV with {@code ;csv} behind it.
 * Written in pieces while the client reads, so that thousands of servers cost no memory. Immutable.
 */
public final class StatsResponder implements Responder {

    /** What the page shows of the process and the proxies, taken when it is asked for. */
    public interface Content {

        ProcessFacts facts();

        StatsSource rows();
    }

    /**
     * @param uri the address below which everything is the page
     * @param refreshSeconds 0 for a page that does not reload itself
     */
    public record Options(String uri, int refreshSeconds, boolean legends) {}

    private static final int PIECE = 12 * 1024;
    private static final String COMMON = "cache-control: no-cache\r\ncontent-type: ";

    private final Options options;
    private final Supplier<Content> content;

    public StatsResponder(Options options, Supplier<Content> content) {
        this.options = options;
        this.content = content;
    }

    @Override
    public Reply answer(Request request) {
        if (!request.path().startsWith(options.uri)) {
            return null;
        }
        boolean known = request.method().equals("GET") || request.isHead();
        if (!known) {
            return new Reply("501 Not Implemented", "content-length: 0\r\n", new Reply.Whole(new byte[0]));
        }
        String extra = request.path().substring(options.uri.length());
        Content now = content.get();
        if (has(extra, "csv")) {
            return new Reply("200 OK", COMMON + "text/plain\r\n", new Written(new StatsCsv(now.rows())));
        }
        int refresh = has(extra, "norefresh") ? 0 : options.refreshSeconds;
        StatsPage page = new StatsPage(now.facts(), new StatsPage.Options(options.uri, refresh, options.legends),
                now.rows());
        return new Reply("200 OK", COMMON + "text/html\r\n" + (refresh > 0 ? "refresh: " + refresh + "\r\n" : ""),
                new Written(page));
    }

    private static boolean has(String extra, String word) {
        int at = extra.indexOf(';' + word);
        int end = at + 1 + word.length();
        return at >= 0 && (end == extra.length() || extra.charAt(end) == ';' || extra.charAt(end) == '?');
    }

    /** A view as a body. */
    private static final class Written implements Reply.Streamed {

        private final StatsView view;
        private final StringBuilder text = new StringBuilder(PIECE + 4096);

        Written(StatsView view) {
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
}
