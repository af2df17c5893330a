package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Area;
import dev.weir.model.value.HttpDate;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.ArrayList;
import java.util.List;

/** Dates from numbers and back. */
final class DateConverters {

    static final List<ConverterKeyword> ALL = rows();

    private DateConverters() {}

    private static List<ConverterKeyword> rows() {
        List<ConverterKeyword> rows = new ArrayList<>();
        rows.add(ConverterKeyword.of("http_date", Signature.of(0, ArgumentKind.INTEGER, ArgumentKind.STRING),
                SampleType.INTEGER, SampleType.STRING, DateConverters::httpDate));
        rows.add(ConverterKeyword.of("date", SampleType.STRING, SampleType.INTEGER, DateConverters::parse));
        addFormatters(rows, "", 1);
        addFormatters(rows, "ms_", 1000);
        addFormatters(rows, "us_", 1_000_000);
        return List.copyOf(rows);
    }

    private static void addFormatters(List<ConverterKeyword> rows, String prefix, long perSecond) {
        Signature format = Signature.of(1, ArgumentKind.STRING, ArgumentKind.INTEGER);
        // local time is not constant: the zone's rules may be other ones by then
        rows.add(ConverterKeyword.impure(prefix + "ltime", format, SampleType.INTEGER, SampleType.STRING,
                a -> formatter(a, perSecond, true)));
        rows.add(ConverterKeyword.of(prefix + "utime", format, SampleType.INTEGER, SampleType.STRING,
                a -> formatter(a, perSecond, false)));
    }

    private static Converter formatter(Arguments arguments, long perSecond, boolean local) {
        TimeFormat format = new TimeFormat(arguments.text(0), local, perSecond > 1);
        long offset = arguments.number(1, 0);
        return (context, sample) -> {
            long value = sample.number() + offset;
            Area out = context.workspace().area();
            int nanos = (int) (Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond));
            format.append(Math.floorDiv(value, perSecond), nanos, out);
            sample.take(SampleType.STRING, out);
            return !out.overflowed();
        };
    }

    /** How many of the unit make a second; the argument is one of s, ms, us. */
    static long unit(Arguments arguments, int index) throws ExpressionError {
        String unit = arguments.hasText(index) ? arguments.text(index) : "s";
        return switch (unit) {
            case "s" -> 1;
            case "ms" -> 1000;
            case "us" -> 1_000_000;
            default -> throw new ExpressionError("expects 's', 'ms' or 'us', got '" + unit + "'");
        };
    }

    private static Converter httpDate(Arguments arguments) throws ExpressionError {
        long offset = arguments.number(0, 0);
        long perSecond = unit(arguments, 1);
        TimeFormat whole = new TimeFormat("%a, %d %b %Y %H:%M:%S", false, false);
        return (context, sample) -> {
            long value = sample.number() + offset;
            Area out = context.workspace().area();
            whole.append(Math.floorDiv(value, perSecond), 0, out);
            if (perSecond > 1) {
                // the fraction as a number, without leading zeros: 5 ms are .5
                out.put('.').putNumber(Math.floorMod(value, perSecond));
            }
            out.put(" GMT");
            sample.take(SampleType.STRING, out);
            return !out.overflowed();
        };
    }

    private static boolean parse(ExpressionContext context, Sample sample) {
        long seconds = HttpDate.parse(sample.bytes(), sample.at(), sample.end());
        if (seconds == HttpDate.INVALID) {
            return false;
        }
        sample.integer(seconds);
        return true;
    }
}
