package dev.weir.flow.drive;

import dev.weir.base.hash.HashFunction;
import dev.weir.flow.expr.Contents;
import dev.weir.flow.expr.Expression;
import dev.weir.model.balance.ServerKeys;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Method;

/** The keys of {@code balance}: what is taken of an exchange and hashed (facts.md, "What is hashed"). Stateless. */
public final class BalanceKeys {

    private BalanceKeys() {}

    public static BalanceKey source(HashFunction function) {
        return context -> function.finish(ServerKeys.source(context.record().clientAddress()));
    }

    /**
     * @param length the most bytes, 0 for all
     * @param depth the most directories, 0 for all
     * @param whole whether the query belongs to it
     */
    public static BalanceKey uri(HashFunction function, int length, int depth, boolean whole, boolean pathOnly) {
        return context -> {
            Head head = context.requestHead();
            byte[] area = head.area();
            boolean path = pathOnly || head.schemeLength() == 0;
            int at = path ? head.pathAt() : head.targetAt();
            int count = path ? head.pathLength() : head.targetLength();
            count = length > 0 ? Math.min(length, count) : count;
            int slashes = 0;
            int end = at;
            while (end < at + count && (whole || area[end] != '?')) {
                slashes += area[end] == '/' ? 1 : 0;
                if (depth > 0 && slashes > depth) {
                    break;
                }
                end++;
            }
            return function.of(area, at, end - at);
        };
    }

    /** The first value of a header; with {@code domainOnly} the part between the last two dots. */
    public static BalanceKey header(HashFunction function, String header, boolean domainOnly) {
        HeaderName name = HeaderName.of(header);
        return context -> {
            Head head = context.requestHead();
            int index = head.find(name);
            if (index < 0) {
                return BalanceKey.NONE;
            }
            byte[] area = head.area();
            int at = head.valueAt(index);
            int end = at;
            while (end < at + head.valueLength(index) && area[end] != ',') {
                end++;
            }
            return domainOnly ? domain(function, area, at, end) : function.of(area, at, end - at);
        };
    }

    private static long domain(HashFunction function, byte[] area, int at, int end) {
        int stop = end;
        while (stop > at && area[stop - 1] != '.') {
            stop--;
        }
        // without a dot there is nothing to cut
        int last = stop > at ? stop - 1 : end;
        int from = last;
        while (from > at && area[from - 1] != '.') {
            from--;
        }
        return function.of(area, from, last - from);
    }

    /** A parameter of the query; with {@code inBody} of the body of a POST where the query has none. */
    public static BalanceKey parameter(HashFunction function, byte[] name, boolean inBody) {
        return context -> {
            Head head = context.requestHead();
            int query = head.queryAt();
            long found = query < 0 ? BalanceKey.NONE
                    : parameter(function, name, head.area(), query, head.pathAt() + head.pathLength());
            if (found == BalanceKey.NONE && inBody && head.method() == Method.POST) {
                Contents body = context.requestBody();
                found = parameter(function, name, body.bytes(), body.at(), body.at() + body.length());
            }
            return found;
        };
    }

    private static long parameter(HashFunction function, byte[] name, byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && text[end] != '&' && text[end] != ';') {
                end++;
            }
            boolean same = end - at > name.length && text[at + name.length] == '='
                    && java.util.Arrays.equals(text, at, at + name.length, name, 0, name.length);
            if (same) {
                int value = at + name.length + 1;
                return function.of(text, value, end - value);
            }
            at = end + 1;
        }
        return BalanceKey.NONE;
    }

    /** The value of an expression as bytes: addresses in network order, integers as eight bytes. */
    public static BalanceKey expression(HashFunction function, Expression expression) {
        boolean decimal = function.kind() == HashFunction.Kind.NONE;
        return context -> {
            Sample sample = context.sample();
            boolean found = expression.evaluate(context, sample) && Casts.cast(sample, decimal
                    ? SampleType.STRING : SampleType.BINARY, context.workspace());
            return found ? function.of(sample.bytes(), sample.at(), sample.length()) : BalanceKey.NONE;
        };
    }
}
