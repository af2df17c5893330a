package dev.weir.keyword.action;

import dev.weir.base.log.LogLine;
import dev.weir.config.lang.Numbers;
import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Text;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.value.Area;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Reasons;
import java.util.EnumSet;
import java.util.List;

/** Changing start lines: the method, the target or parts of it, the status. */
final class TargetActions {

    private static final HeaderName HOST = HeaderName.of("host");

    /** A part of the target that can be replaced. */
    private enum Part { PATH, PATH_AND_QUERY, QUERY, ALL }

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("set-method", RuleKind.REQUEST, TargetActions::setMethod),
            ActionKeyword.of("set-path", RuleKind.REQUEST, line -> set(line, Part.PATH)),
            ActionKeyword.of("set-pathq", RuleKind.REQUEST, line -> set(line, Part.PATH_AND_QUERY)),
            ActionKeyword.of("set-query", RuleKind.REQUEST, line -> set(line, Part.QUERY)),
            ActionKeyword.of("set-uri", RuleKind.REQUEST, line -> set(line, Part.ALL)),
            ActionKeyword.of("replace-path", RuleKind.REQUEST, line -> replace(line, Part.PATH)),
            ActionKeyword.of("replace-pathq", RuleKind.REQUEST, line -> replace(line, Part.PATH_AND_QUERY)),
            ActionKeyword.of("replace-uri", RuleKind.REQUEST, line -> replace(line, Part.ALL)),
            ActionKeyword.of("normalize-uri", RuleKind.REQUEST, TargetActions::normalize),
            ActionKeyword.of("set-status", EnumSet.of(RuleKind.RESPONSE, RuleKind.AFTER_RESPONSE),
                    TargetActions::setStatus));

    private TargetActions() {}

    private static Action setMethod(ActionLine line) throws ExpressionError {
        Text method = only(line);
        return context -> {
            LogLine text = context.text(method);
            context.requestHead().renameMethod(text.array(), 0, text.length());
            return Verdict.CONTINUE;
        };
    }

    private static Text only(ActionLine line) throws ExpressionError {
        String usage = "expects exactly 1 argument <format>";
        line.needs(1, usage);
        Text format = line.text();
        line.expectEnd(usage);
        return format;
    }

    private static Action set(ActionLine line, Part part) throws ExpressionError {
        Text format = only(line);
        return context -> {
            LogLine text = context.text(format);
            return put(context, part, text.array(), text.length());
        };
    }

    private static Action replace(ActionLine line, Part part) throws ExpressionError {
        String usage = "expects exactly 2 arguments <match-regex> and <replace-format>";
        line.needs(2, usage);
        Replacement replacement = Replacement.read(line, "failed to parse the regex : ");
        line.expectEnd(usage);
        return context -> {
            Head head = context.requestHead();
            boolean all = part == Part.ALL;
            int at = all ? head.targetAt() : head.pathAt();
            if (!all && head.pathLength() == 1 && head.area()[at] == '*') {
                return Verdict.CONTINUE;
            }
            int length = all ? head.targetLength() : part == Part.PATH ? pathOnly(head) : head.pathLength();
            Area value = replacement.of(context, head.area(), at, length);
            return value == null ? Verdict.CONTINUE : put(context, part, value.bytes(), value.length());
        };
    }

    private static Action normalize(ActionLine line) throws ExpressionError {
        if (!line.hasMore()) {
            throw new ExpressionError("missing argument <normalizer>");
        }
        UriNormalizer normalizer = UriNormalizer.read(line);
        return context -> {
            Head head = context.requestHead();
            byte[] before = java.util.Arrays.copyOfRange(head.area(), head.pathAt(), head.pathAt() + head.pathLength());
            byte[] after = normalizer.apply(before);
            if (after == null) {
                return context.answer(context.errorPage(400), 'P', 'R');
            }
            return put(context, Part.PATH_AND_QUERY, after, after.length);
        };
    }

    private static int pathOnly(Head head) {
        int query = head.queryAt();
        return query < 0 ? head.pathLength() : query - 1 - head.pathAt();
    }

    private static Verdict put(RuleContext context, Part part, byte[] text, int length) {
        Head head = context.requestHead();
        switch (part) {
            case ALL -> setAll(head, text, length);
            case PATH_AND_QUERY -> head.setPath(text, 0, length);
            case PATH -> {
                int path = pathOnly(head);
                join(context, text, length, head.area(), head.pathAt() + path, head.pathLength() - path);
            }
            case QUERY -> {
                int path = pathOnly(head);
                boolean marked = head.queryAt() >= 0 || length > 0;
                Area made = context.workspace().area();
                made.put(head.area(), head.pathAt(), path);
                if (marked) {
                    made.put('?');
                }
                made.put(text, 0, length);
                head.setPath(made.bytes(), 0, made.length());
            }
        }
        return context.edited(!head.isTooBig());
    }

    /** A target with an authority sets the host as well. */
    private static void setAll(Head head, byte[] text, int length) {
        head.setTarget(text, 0, length);
        if (length == 0 || text[0] == '/' || text[0] == '*') {
            return;
        }
        int start = head.targetAt();
        int end = start + length;
        byte[] area = head.area();
        int scheme = start;
        while (scheme + 2 < end && !(area[scheme] == ':' && area[scheme + 1] == '/' && area[scheme + 2] == '/')) {
            scheme++;
        }
        boolean absolute = scheme + 2 < end;
        int authority = absolute ? scheme + 3 : start;
        int path = authority;
        while (path < end && !(absolute && area[path] == '/')) {
            path++;
        }
        head.split(absolute ? scheme - start : 0, authority, path - authority, path, end - path);
        head.set(HOST, area, authority, path - authority);
    }

    private static void join(RuleContext context, byte[] text, int length, byte[] rest, int at, int count) {
        Area made = context.workspace().area();
        made.put(text, 0, length).put(rest, at, count);
        context.requestHead().setPath(made.bytes(), 0, made.length());
    }

    private static Action setStatus(ActionLine line) throws ExpressionError {
        String usage = "expects 1 argument: <status>; or 3 arguments: <status> reason <fmt>";
        line.needs(1, usage);
        String text = line.next();
        long status = Numbers.integer(text, -1);
        if (status < 100 || status > 999) {
            throw new ExpressionError("expects an integer status code between 100 and 999");
        }
        byte[] reason = Reasons.of((int) status);
        if (line.takes("reason")) {
            line.needs(1, usage);
            reason = ActionLine.bytes(line.next());
        }
        byte[] words = reason;
        return context -> {
            context.responseHead().setStatus((int) status, words, 0, words.length);
            context.record().http().status((int) status);
            return Verdict.CONTINUE;
        };
    }
}
