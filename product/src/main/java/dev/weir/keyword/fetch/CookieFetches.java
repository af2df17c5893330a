package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.HttpHead;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Area;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.ArrayList;
import java.util.List;

/** Cookies of requests and responses. */
final class CookieFetches {

    private static final Signature NAME = Signature.of(0, ArgumentKind.STRING);

    static final List<FetchKeyword> ALL = rows();

    private CookieFetches() {}

    private static List<FetchKeyword> rows() {
        List<FetchKeyword> rows = new ArrayList<>();
        family(rows, "req.cook", Message.REQUEST);
        family(rows, "cook", Message.REQUEST);
        family(rows, "res.cook", Message.RESPONSE);
        family(rows, "scook", Message.RESPONSE);
        rows.add(HeaderFetches.row("req.cook_names", NAME, SampleType.STRING, Message.REQUEST,
                a -> names(a, Message.REQUEST)));
        rows.add(HeaderFetches.row("res.cook_names", NAME, SampleType.STRING, Message.RESPONSE,
                a -> names(a, Message.RESPONSE)));
        rows.add(HeaderFetches.row("cookie", NAME, SampleType.STRING, Message.EITHER,
                a -> value(a, Message.EITHER, false)));
        rows.add(HeaderFetches.row("set-cookie", NAME, SampleType.STRING, Message.RESPONSE,
                a -> value(a, Message.RESPONSE, false)));
        return List.copyOf(rows);
    }

    private static void family(List<FetchKeyword> rows, String name, Message message) {
        rows.add(HeaderFetches.row(name, NAME, SampleType.STRING, message, a -> value(a, message, false)));
        rows.add(HeaderFetches.row(name + "_val", NAME, SampleType.INTEGER, message, a -> value(a, message, true)));
        rows.add(HeaderFetches.row(name + "_cnt", NAME, SampleType.INTEGER, message, a -> count(a, message)));
    }

    /** In ACLs one after the other; elsewhere the last of a name, or the first of all. */
    private static Fetch value(Arguments arguments, Message message, boolean asNumber) {
        byte[] name = arguments.bytes(0);
        boolean iterates = arguments.iterates();
        return (context, out) -> {
            HttpHead head = message.head(context, out);
            boolean found = head != null
                    && (iterates ? iterate(head, message.isResponse(context), name, out)
                    : pick(head, message.isResponse(context), name, out));
            if (found && asNumber) {
                out.integer(Casts.leadingInteger(out.bytes(), out.at(), out.length()));
            }
            return found;
        };
    }

    private static boolean iterate(HttpHead head, boolean response, byte[] name, Sample out) {
        Cookies cookies = new Cookies(head, response, out.cursor, out.cursorAt);
        boolean found = cookies.next(name);
        out.mark(Sample.NOT_LAST, found);
        if (found) {
            out.cursor = cookies.index();
            out.cursorAt = cookies.offset();
            out.string(head.bytes(), cookies.valueAt(), cookies.valueLength());
        }
        return found;
    }

    private static boolean pick(HttpHead head, boolean response, byte[] name, Sample out) {
        Cookies cookies = new Cookies(head, response, 0, 0);
        boolean found = false;
        while (cookies.next(name)) {
            found = true;
            out.string(head.bytes(), cookies.valueAt(), cookies.valueLength());
            if (name.length == 0) {
                break;
            }
        }
        return found;
    }

    private static Fetch count(Arguments arguments, Message message) {
        byte[] name = arguments.bytes(0);
        return (ExpressionContext context, Sample out) -> {
            HttpHead head = message.head(context, out);
            if (head == null) {
                return false;
            }
            Cookies cookies = new Cookies(head, message.isResponse(context), 0, 0);
            long count = 0;
            while (cookies.next(name)) {
                count++;
            }
            out.integer(count);
            return true;
        };
    }

    private static Fetch names(Arguments arguments, Message message) {
        byte delimiter = arguments.hasText(0) ? (byte) arguments.text(0).charAt(0) : (byte) ',';
        return (context, out) -> {
            HttpHead head = message.head(context, out);
            if (head == null) {
                return false;
            }
            Cookies cookies = new Cookies(head, message.isResponse(context), 0, 0);
            Area area = context.workspace().area();
            while (cookies.next(Area.EMPTY)) {
                if (area.length() > 0) {
                    area.put(delimiter);
                }
                area.put(head.bytes(), cookies.nameAt(), cookies.nameLength());
            }
            out.take(SampleType.STRING, area);
            return area.length() > 0 && !area.overflowed();
        };
    }
}
