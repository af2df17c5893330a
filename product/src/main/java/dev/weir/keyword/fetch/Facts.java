package dev.weir.keyword.fetch;

import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ExchangeFacts;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Need;
import dev.weir.flow.expr.Signature;
import dev.weir.flow.expr.ArgumentKind;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;

/** Rows of tables for fetches that give one fact of the exchange as it is. */
final class Facts {

    private Facts() {}

    static FetchKeyword number(String name, Need need, ExchangeFacts.Number which) {
        return FetchKeyword.of(name, SampleType.INTEGER, need, (context, out) -> read(context, which, out));
    }

    private static boolean read(ExpressionContext context, ExchangeFacts.Number which, Sample out) {
        ExchangeFacts exchange = context.exchange();
        long value = exchange == null ? ExchangeFacts.NONE : exchange.number(which);
        if (value == ExchangeFacts.NONE) {
            return false;
        }
        out.integer(value);
        return true;
    }

    static FetchKeyword bool(String name, Need need, ExchangeFacts.Number which) {
        return FetchKeyword.of(name, SampleType.BOOL, need, (context, out) -> {
            if (!read(context, which, out)) {
                return false;
            }
            out.bool(out.isTrue());
            return true;
        });
    }

    static FetchKeyword text(String name, Need need, ExchangeFacts.Text which) {
        return FetchKeyword.of(name, SampleType.STRING, need, (context, out) ->
                context.exchange() != null && context.exchange().text(which, out));
    }

    /** A date that is kept in microseconds, in the unit of the argument. */
    static FetchKeyword date(String name, Need need, ExchangeFacts.Number micros) {
        return FetchKeyword.of(name, Signature.of(0, ArgumentKind.STRING), SampleType.INTEGER, need, arguments -> {
            long microsPerUnit = microsPerUnit(arguments, 0);
            return (context, out) -> {
                if (!read(context, micros, out)) {
                    return false;
                }
                out.integer(out.number() / microsPerUnit);
                return true;
            };
        });
    }

    /** The argument is one of s, ms, us. */
    static long microsPerUnit(Arguments arguments, int index) throws ExpressionError {
        String unit = arguments.hasText(index) ? arguments.text(index) : "s";
        return switch (unit) {
            case "s" -> 1_000_000;
            case "ms" -> 1000;
            case "us" -> 1;
            default -> throw new ExpressionError("expects 's', 'ms' or 'us', got '" + unit + "'");
        };
    }
}
