package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.stick.DataType;
import dev.weir.model.stick.StickTable;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.ArrayList;
import java.util.List;

/** Looks keys up in stick tables (configuration.txt 7.3.1, {@code table_*} and {@code in_table}). */
final class TableConverters {

    private static final Signature TABLE = Signature.of(1, ArgumentKind.TABLE);
    private static final Signature ELEMENT = Signature.of(2, ArgumentKind.INTEGER, ArgumentKind.TABLE);
    private static final Signature WITH_DEFAULT = Signature.of(1, ArgumentKind.TABLE, ArgumentKind.INTEGER);

    static final List<ConverterKeyword> ALL = all();

    private TableConverters() {}

    /** Something about the entry of a key, which the sample is; false for no value. */
    @FunctionalInterface
    private interface Lookup {
        boolean apply(StickTable table, Sample key, int element, long nowMs);
    }

    private static List<ConverterKeyword> all() {
        List<ConverterKeyword> rows = new ArrayList<>();
        for (DataType type : DataType.values()) {
            int shift = type.kind() == DataType.Kind.TOTAL ? 10 : 0;
            if (type != DataType.SERVER_KEY) {
                rows.add(row("table_" + name(type), type.isArray(), (table, key, element, nowMs) ->
                        give(table.read(key, type, element, nowMs), shift, key)));
            }
        }
        for (DataType type : List.of(DataType.GPC0, DataType.GPC1, DataType.GPC)) {
            rows.add(row("table_inc_" + type.text(), type.isArray(), (table, key, element, nowMs) ->
                    change(table, key, type, element, nowMs, true)));
            rows.add(row("table_clr_" + type.text(), type.isArray(), (table, key, element, nowMs) ->
                    change(table, key, type, element, nowMs, false)));
        }
        rows.add(row("table_trackers", false, (table, key, element, nowMs) ->
                give(table.users(key, nowMs), 0, key)));
        rows.add(ConverterKeyword.impure("in_table", TABLE, SampleType.ANY, SampleType.BOOL, a ->
                lookup(a, 0, 0, (table, key, element, nowMs) -> {
                    key.bool(table.has(key, nowMs));
                    return true;
                })));
        rows.add(time("table_expire", false));
        rows.add(time("table_idle", true));
        return List.copyOf(rows);
    }

    private static String name(DataType type) {
        return switch (type) {
            case BYTES_IN_CNT -> "kbytes_in";
            case BYTES_OUT_CNT -> "kbytes_out";
            default -> type.text();
        };
    }

    private static ConverterKeyword row(String name, boolean ofArray, Lookup lookup) {
        return ConverterKeyword.impure(name, ofArray ? ELEMENT : TABLE, SampleType.ANY, SampleType.INTEGER, a ->
                lookup(a, ofArray ? 1 : 0, ofArray ? (int) Math.clamp(a.number(0, 0), -1, Integer.MAX_VALUE) : 0,
                        lookup));
    }

    private static Converter lookup(Arguments arguments, int tableAt, int element, Lookup lookup)
            throws ExpressionError {
        StickTable table = arguments.table(tableAt);
        return (context, sample) -> table.prepareKey(sample, context.workspace())
                && lookup.apply(table, sample, element, context.nowMs());
    }

    /** Zero where the key is not there, nothing where the table does not store it. */
    private static boolean give(long value, int shift, Sample out) {
        if (value == StickTable.NOT_STORED) {
            return false;
        }
        out.integer(value == StickTable.NO_ENTRY ? 0 : value >> shift);
        return true;
    }

    private static boolean change(StickTable table, Sample key, DataType type, int element, long nowMs, boolean more) {
        long entry = table.pin(key, nowMs);
        if (entry == StickTable.NONE) {
            return false;
        }
        long value = more ? table.count(entry, type, element, 1, nowMs) : table.set(entry, type, element, 0, nowMs);
        table.unpin(entry, nowMs);
        return give(value, 0, key);
    }

    private static ConverterKeyword time(String name, boolean sinceUse) {
        return ConverterKeyword.impure(name, WITH_DEFAULT, SampleType.ANY, SampleType.INTEGER, a -> {
            boolean hasDefault = a.hasText(1);
            long otherwise = a.number(1, 0);
            return lookup(a, 0, 0, (table, key, element, nowMs) -> {
                long left = table.expiresInMs(key, nowMs);
                boolean found = left != StickTable.NO_ENTRY;
                key.integer(!found ? otherwise : sinceUse ? Math.max(0, table.spec().expireMs() - left) : left);
                return found || hasDefault;
            });
        });
    }
}
