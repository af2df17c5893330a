package dev.weir.admin.stats;

import dev.weir.flow.expr.Condition;
import dev.weir.flow.expr.Contents;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.RuleSet;
import dev.weir.flow.rule.Service;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code stats enable}: the statistics page below its address, the same numbers in other formats, and what its forms ask
 * for. Written in pieces while the client reads, so that thousands of servers cost no memory. Immutable.
 */
public final class StatsService implements Service {

    /** What the page shows of the process and the proxies, taken when it is asked for. */
    public interface Content {

        ProcessFacts facts();

        /** The rows of proxies whose names hold this text. */
        StatsSource rows(String scope, boolean hidesDown, boolean hidesMaintenance);

        StatsAdmin admin();

        /** What a command says that only shows something; told on whatever thread carries it out. */
        void show(List<String> command, Consumer<String> told);

        long nowMs();

        /** Whether the process is about to end. */
        boolean isStopping();

        /** The schema of the JSON that this writes. */
        String schema();
    }

    /**
     * What the lines of a proxy say about it.
     *
     * @param uri the address below which everything is the page
     * @param refreshSeconds 0 for a page that does not reload itself
     * @param accounts each {@code user:password}; empty for a page that everybody may see
     * @param modules whether what modules count is shown
     */
    public record Terms(String uri, int refreshSeconds, boolean legends, String realm, List<String> accounts,
            boolean modules) {}

    private static final byte[] NAME = "<STATS>".getBytes(StandardCharsets.US_ASCII);
    private static final HeaderName DESTINATION = HeaderName.of("sec-fetch-dest");
    private static final byte[] DOCUMENT = "document".getBytes(StandardCharsets.US_ASCII);
    private static final String COMMON = "cache-control: no-cache\r\ncontent-type: ";

    private final Terms terms;
    private final byte[] uri;
    private final RuleSet rules;
    private final List<Condition> admins;
    private final java.util.function.Supplier<Content> content;

    /** @param own the rules of {@code stats http-request}, which stand in for accounts */
    public StatsService(Terms terms, RuleSet own, List<Condition> admins,
            java.util.function.Supplier<Content> content) {
        this.terms = terms;
        this.uri = terms.uri.getBytes(StandardCharsets.ISO_8859_1);
        this.rules = own.isEmpty() ? StatsAccess.rules(terms.accounts, terms.realm) : own;
        this.admins = admins;
        this.content = content;
    }

    @Override
    public byte[] name() {
        return NAME;
    }

    @Override
    public boolean isFor(Head request) {
        Method method = request.method();
        boolean known = method == Method.GET || method == Method.HEAD || method == Method.POST;
        int at = request.pathAt();
        return known && request.pathLength() >= uri.length
                && java.util.Arrays.equals(request.area(), at, at + uri.length, uri, 0, uri.length);
    }

    @Override
    public RuleSet rules() {
        return rules;
    }

    @Override
    public boolean reads(Head request) {
        return request.method() == Method.POST;
    }

    @Override
    public boolean passesResponseRules() {
        return false;
    }

    @Override
    public Reply answer(RuleContext context, Consumer<Reply> later) {
        Head request = context.requestHead();
        StatsQuery query = StatsQuery.of(new String(request.area(), request.pathAt() + uri.length,
                request.pathLength() - uri.length, StandardCharsets.ISO_8859_1));
        boolean admin = ProxyRules.any(admins, context);
        if (request.method() == Method.POST) {
            return post(context, query, admin, later);
        }
        if (query.live() != null) {
            return live(context, query, admin, later);
        }
        if (isBrowser(request) && !query.classic() && query.format() == StatsQuery.Format.HTML) {
            return new Reply("200 OK", "cache-control: no-cache\r\n" + Dashboard.page().headers(),
                    new Reply.Whole(Dashboard.page().bytes()));
        }
        int refresh = query.noRefresh() ? 0 : terms.refreshSeconds;
        return new Reply("200 OK", COMMON + query.format().contentType() + "\r\n"
                + (refresh > 0 ? "refresh: " + refresh + "\r\n" : ""), body(query, admin));
    }

    /** Whether somebody looks: only browsers that show the answer as a page of its own say so. */
    private static boolean isBrowser(Head request) {
        int at = request.find(DESTINATION);
        return at >= 0 && request.valueLength(at) == DOCUMENT.length && java.util.Arrays.equals(request.area(),
                request.valueAt(at), request.valueAt(at) + DOCUMENT.length, DOCUMENT, 0, DOCUMENT.length);
    }

    /** What the dashboard asks for: its events, and for those who may change things what commands show. */
    private Reply live(RuleContext context, StatsQuery query, boolean admin, Consumer<Reply> later) {
        if (query.live().equals("events")) {
            return new Reply("200 OK", COMMON + "text/event-stream\r\nx-accel-buffering: no\r\n",
                    new LiveEvents(context.record().worker(), content, query.scope(), admin));
        }
        List<String> command = command(query.live());
        if (!admin || command == null) {
            return context.errorPage(admin ? 404 : 403);
        }
        content.get().show(command, text -> later.accept(new Reply("200 OK", COMMON + "text/plain; charset=utf-8\r\n"
                + "x-content-type-options: nosniff\r\n",
                new Reply.Whole(text.getBytes(StandardCharsets.UTF_8)))));
        return null;
    }

    private static List<String> command(String asked) {
        return switch (asked) {
            case "tables" -> List.of("show", "table");
            case "sessions" -> List.of("show", "sess");
            case "errors" -> List.of("show", "errors");
            case "info" -> List.of("show", "info");
            default -> asked.startsWith("table:") ? List.of("show", "table", asked.substring(6)) : null;
        };
    }

    private Reply.Body body(StatsQuery query, boolean admin) {
        Content now = content.get();
        if (query.format() == StatsQuery.Format.JSON_SCHEMA) {
            return new ViewBody(new ReadyText(now.schema()));
        }
        StatsSource rows = now.rows(query.scope(), query.up(), query.noMaintenance());
        return new ViewBody(switch (query.format()) {
            case CSV -> new StatsCsv(rows);
            case JSON -> new StatsJson(rows);
            case TYPED -> new StatsTyped(rows, false);
            default -> new StatsPage(now.facts(), terms, query, admin, rows);
        });
    }

    private Reply post(RuleContext context, StatsQuery query, boolean admin, Consumer<Reply> later) {
        if (!admin || !StatsAccess.isOwn(context)) {
            return seeOther(query, StatsAdmin.Outcome.DENY);
        }
        Contents body = context.requestBody();
        int length = body == null ? 0 : body.length();
        if (body != null && body.announcedLength() > length) {
            return seeOther(query, StatsAdmin.Outcome.EXCD);
        }
        StatsAdmin.Order order = length == 0 ? new StatsAdmin.Order(null, null, List.of())
                : AdminForm.read(body.bytes(), body.at(), length);
        content.get().admin().perform(order, outcome -> later.accept(seeOther(query, outcome)));
        return null;
    }

    private Reply seeOther(StatsQuery query, StatsAdmin.Outcome outcome) {
        String location = terms.uri + ";st=" + outcome.name() + query.same();
        return new Reply("303 See Other", COMMON + "text/plain\r\nlocation: " + location + "\r\n", new Reply.Whole(new byte[0]));
    }
}
