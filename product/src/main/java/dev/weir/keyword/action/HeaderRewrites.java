package dev.weir.keyword.action;

import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.RuleContext;
import dev.weir.model.value.Area;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import java.util.List;

/** Replacing values of header fields: whole ones, or each of a list. */
final class HeaderRewrites {

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("replace-header", ActionKeyword.HTTP, line -> replace(line, false)),
            ActionKeyword.of("replace-value", ActionKeyword.HTTP, line -> replace(line, true)));

    private HeaderRewrites() {}

    private static Action replace(ActionLine line, boolean eachValue) throws ExpressionError {
        line.needs(3, "expects exactly 3 arguments");
        String word = line.next();
        HeaderName name = HeaderName.of(word);
        Replacement replacement = Replacement.read(line, "");
        return HeaderActions.withTarget(line, word, context -> {
            Head head = context.head();
            boolean done = true;
            for (int i = head.find(name); i >= 0 && done; i = head.find(name, i + 1)) {
                done = eachValue ? values(context, head, i, replacement) : whole(context, head, i, replacement);
            }
            return context.edited(done);
        });
    }

    private static boolean whole(RuleContext context, Head head, int index, Replacement replacement) {
        Area value = replacement.of(context, head.area(), head.valueAt(index), head.valueLength(index));
        return value == null || head.replaceValue(index, value.bytes(), 0, value.length());
    }

    /** Values are separated by commas outside quotes; blanks around one go when it is replaced. */
    private static boolean values(RuleContext context, Head head, int index, Replacement replacement) {
        Area made = new Area(context.workspace().limit());
        byte[] area = head.area();
        int at = head.valueAt(index);
        int end = at + head.valueLength(index);
        boolean changed = false;
        while (at <= end) {
            int stop = comma(area, at, end);
            int from = at;
            int to = stop;
            while (from < to && isBlank(area[from])) {
                from++;
            }
            while (to > from && isBlank(area[to - 1])) {
                to--;
            }
            Area value = to > from ? replacement.of(context, area, from, to - from) : null;
            if (value != null) {
                changed = true;
                made.put(value.bytes(), 0, value.length());
            } else {
                made.put(area, at, stop - at);
            }
            if (stop < end) {
                made.put(',');
            }
            at = stop + 1;
        }
        return !changed || head.replaceValue(index, made.bytes(), 0, made.length());
    }

    private static int comma(byte[] area, int from, int end) {
        boolean quoted = false;
        for (int i = from; i < end; i++) {
            if (area[i] == '"') {
                quoted = !quoted;
            } else if (area[i] == '\\' && quoted) {
                i++;
            } else if (area[i] == ',' && !quoted) {
                return i;
            }
        }
        return end;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
