package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
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

/** Headers: their values by name and number, as text, number or address; how many there are; what they are called. */
final class HeaderFetches {

    private static final int FURTHEST_BACK = 10;
    private static final Signature VALUE = Signature.of(0, ArgumentKind.STRING, ArgumentKind.INTEGER);
    private static final Signature NAME = Signature.of(0, ArgumentKind.STRING);

    static final List<FetchKeyword> ALL = rows();

    private HeaderFetches() {}

    /** Makes something else of a value that was found; false when it cannot be. */
    @FunctionalInterface
    private interface Reading {
        boolean read(Sample sample);
    }

    private static List<FetchKeyword> rows() {
        List<FetchKeyword> rows = new ArrayList<>();
        family(rows, "req.hdr", Message.REQUEST);
        family(rows, "res.hdr", Message.RESPONSE);
        family(rows, "shdr", Message.RESPONSE);
        rows.add(row("hdr", VALUE, SampleType.STRING, Message.EITHER, a -> value(a, Message.EITHER, true, s -> true)));
        derived(rows, "hdr", Message.REQUEST);
        for (Message message : List.of(Message.REQUEST, Message.RESPONSE)) {
            String prefix = message == Message.REQUEST ? "req." : "res.";
            rows.add(row(prefix + "fhdr", VALUE, SampleType.STRING, message, a -> value(a, message, false, s -> true)));
            rows.add(row(prefix + "fhdr_cnt", NAME, SampleType.INTEGER, message, a -> count(a, message, false)));
            rows.add(row(prefix + "hdr_names", NAME, SampleType.STRING, message, a -> names(a, message)));
            rows.add(row(prefix + "hdrs", Signature.NONE, SampleType.STRING, message, a -> whole(message)));
            rows.add(row(prefix + "hdrs_bin", Signature.NONE, SampleType.BINARY, message, a -> wholeBinary(message)));
        }
        return List.copyOf(rows);
    }

    private static void family(List<FetchKeyword> rows, String name, Message message) {
        rows.add(row(name, VALUE, SampleType.STRING, message, a -> value(a, message, true, s -> true)));
        derived(rows, name, message);
    }

    private static void derived(List<FetchKeyword> rows, String name, Message message) {
        rows.add(row(name + "_cnt", NAME, SampleType.INTEGER, message, a -> count(a, message, true)));
        rows.add(row(name + "_ip", VALUE, SampleType.ADDRESS, message,
                a -> value(a, message, true, HostText::address)));
        rows.add(row(name + "_val", VALUE, SampleType.INTEGER, message, a -> value(a, message, true, sample -> {
            sample.integer(Casts.leadingInteger(sample.bytes(), sample.at(), sample.length()));
            return true;
        })));
    }

    static FetchKeyword row(String name, Signature signature, SampleType type, Message message,
            FetchKeyword.Factory factory) {
        return new FetchKeyword(name, signature, type, message.needs(), false, factory);
    }

    /** In ACLs without a number all the values are tried; elsewhere the last counts. */
    private static Fetch value(Arguments arguments, Message message, boolean splits, Reading reading)
            throws ExpressionError {
        HeaderName name = new HeaderName(arguments.bytes(0));
        long occurrence = arguments.number(1, 0);
        if (occurrence < -FURTHEST_BACK) {
            throw new ExpressionError("header occurrence must be >= -" + FURTHEST_BACK);
        }
        if (occurrence == 0 && arguments.iterates()) {
            return (context, out) -> iterate(message.head(context, out), name, splits, reading, out);
        }
        int number = (int) Math.min(occurrence == 0 ? -1 : occurrence, Integer.MAX_VALUE);
        return (context, out) -> pick(message.head(context, out), name, splits, number, out) && reading.read(out);
    }

    private static boolean iterate(HttpHead head, HeaderName name, boolean splits, Reading reading, Sample out) {
        if (head == null) {
            return false;
        }
        HeaderValues values = new HeaderValues(head, name, splits, out.cursor, out.cursorAt);
        while (values.next()) {
            out.string(head.bytes(), values.at(), values.length());
            if (reading.read(out)) {
                out.cursor = values.index();
                out.cursorAt = values.offset();
                out.mark(Sample.NOT_LAST, name.find(head, values.index()) >= 0);
                return true;
            }
        }
        out.mark(Sample.NOT_LAST, false);
        return false;
    }

    /** The value of that number, from the end when it is negative. */
    private static boolean pick(HttpHead head, HeaderName name, boolean splits, int number, Sample out) {
        if (head == null) {
            return false;
        }
        int wanted = number;
        if (number < 0) {
            wanted = count(head, name, splits) + 1 + number;
        }
        if (wanted <= 0) {
            return false;
        }
        HeaderValues values = new HeaderValues(head, name, splits, 0, 0);
        for (int i = 1; values.next(); i++) {
            if (i == wanted) {
                out.string(head.bytes(), values.at(), values.length());
                return true;
            }
        }
        return false;
    }

    private static int count(HttpHead head, HeaderName name, boolean splits) {
        HeaderValues values = new HeaderValues(head, name, splits, 0, 0);
        int count = 0;
        while (values.next()) {
            count++;
        }
        return count;
    }

    private static Fetch count(Arguments arguments, Message message, boolean splits) {
        HeaderName name = new HeaderName(arguments.bytes(0));
        return (context, out) -> {
            HttpHead head = message.head(context, out);
            if (head == null) {
                return false;
            }
            out.integer(count(head, name, splits));
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
            Area area = context.workspace().area();
            for (int i = 0; i < head.headers(); i++) {
                if (i > 0) {
                    area.put(delimiter);
                }
                area.put(head.bytes(), head.nameAt(i), head.nameLength(i));
            }
            return give(out, SampleType.STRING, area);
        };
    }

    private static boolean give(Sample out, SampleType type, Area area) {
        out.take(type, area);
        return !area.overflowed();
    }

    private static Fetch whole(Message message) {
        return (context, out) -> {
            HttpHead head = message.head(context, out);
            if (head == null) {
                return false;
            }
            Area area = context.workspace().area();
            for (int i = 0; i < head.headers(); i++) {
                area.put(head.bytes(), head.nameAt(i), head.nameLength(i)).put(": ")
                        .put(head.bytes(), head.valueAt(i), head.valueLength(i)).put("\r\n");
            }
            area.put("\r\n");
            return give(out, SampleType.STRING, area);
        };
    }

    private static Fetch wholeBinary(Message message) {
        return (ExpressionContext context, Sample out) -> {
            HttpHead head = message.head(context, out);
            if (head == null) {
                return false;
            }
            Area area = context.workspace().area();
            for (int i = 0; i < head.headers(); i++) {
                putString(area, head.bytes(), head.nameAt(i), head.nameLength(i));
                putString(area, head.bytes(), head.valueAt(i), head.valueLength(i));
            }
            area.put(0).put(0);
            return give(out, SampleType.BINARY, area);
        };
    }

    /** A length in the encoding of SPOE, and the bytes. */
    private static void putString(Area area, byte[] text, int at, int length) {
        if (length < 240) {
            area.put(length);
        } else {
            area.put(length | 240);
            int rest = length - 240 >>> 4;
            while (rest >= 128) {
                area.put(rest | 128);
                rest = rest - 128 >>> 7;
            }
            area.put(rest);
        }
        area.put(text, at, length);
    }
}
