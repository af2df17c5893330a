package dev.weir.keyword.action;

import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.cache.HttpCache;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.server.Count;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Giving answers from a cache, and keeping them there (configuration manual 6). */
final class CacheActions {

    private static final byte[] LINK = "link".getBytes(StandardCharsets.US_ASCII);
    private static final long MICROS = 1_000_000;

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("cache-use", RuleKind.REQUEST, CacheActions::use),
            ActionKeyword.of("cache-store", RuleKind.RESPONSE, CacheActions::store));

    private CacheActions() {}

    private static HttpCache cache(ActionLine line) throws ExpressionError {
        if (!line.hasMore() || line.isOver()) {
            throw new ExpressionError("expects a cache name");
        }
        String name = line.next();
        HttpCache cache = line.scope().cache(name);
        if (cache == null) {
            throw ExpressionError.unresolved("unable to find the cache '" + name + "' referenced by the filter 'cache'");
        }
        return cache;
    }

    private static Action use(ActionLine line) throws ExpressionError {
        HttpCache cache = cache(line);
        boolean silent = line.takes("no-early-hints");
        return context -> {
            boolean asked = context.caching().use(cache, context.requestHead(), context.nowMs(), seconds(context));
            if (asked && context.cached() == null && context.caching().isAskedFor(context.nowMs())
                    && context.looksAgain(cache.spec().patienceMs()) == Verdict.WAIT) {
                return Verdict.WAIT;
            }
            if (asked) {
                count(context, Count.CACHE_LOOKUPS);
            }
            if (context.cached() != null) {
                count(context, Count.CACHE_HITS);
            } else if (asked && !silent) {
                hint(context);
            }
            return Verdict.CONTINUE;
        };
    }

    /** What the page will need is said while the page is made. */
    private static void hint(RuleContext context) {
        List<byte[]> links = context.caching().hints();
        if (!links.isEmpty()) {
            for (byte[] link : links) {
                context.hint(new Reply.Field(LINK, link));
            }
            context.sendHints();
            count(context, Count.CACHE_HINT_HITS);
        }
    }

    private static Action store(ActionLine line) throws ExpressionError {
        HttpCache cache = cache(line);
        return context -> {
            context.caching().store(cache, context.requestHead(), context.responseHead(), context.nowMs(),
                    seconds(context));
            return Verdict.CONTINUE;
        };
    }

    private static long seconds(RuleContext context) {
        return context.process().wallMicros() / MICROS;
    }

    /** For whichever proxy the rule is one of. */
    private static void count(RuleContext context, Count what) {
        if (context.record().backend() == null) {
            context.record().countFront(what);
        } else {
            context.record().countBack(what);
        }
    }
}
