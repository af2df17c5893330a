package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Need;
import dev.weir.flow.expr.Signature;
import dev.weir.model.stick.DataType;
import dev.weir.model.stick.StickTable;
import dev.weir.model.stick.TrackedEntries;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.ArrayList;
import java.util.List;

/**
 * What is counted about the entries that are tracked ({@code sc_*}, {@code sc0_*} to {@code sc2_*}), and about the
 * client's address ({@code src_*}); how full tables are (configuration.txt 7.3.2, 7.3.3).
 */
final class StickFetches {

    private static final StickSubject.Operation TRACKERS = new StickSubject.Operation() {
        @Override
        public boolean onEntry(StickTable table, long entry, long nowMs, Sample out) {
            return give(table.usersOfPinned(entry), 0, out);
        }

        @Override
        public boolean onKey(StickTable table, Sample key, long nowMs, Sample out) {
            return give(table.users(key, nowMs), 0, out);
        }
    };

    static final List<FetchKeyword> ALL = all();

    private StickFetches() {}

    private static List<FetchKeyword> all() {
        List<FetchKeyword> rows = new ArrayList<>();
        family(rows, StickSubject.TRACKED, "sc_");
        for (int i = 0; i < 3; i++) {
            family(rows, StickSubject.numbered(i), "sc" + i + "_");
        }
        family(rows, StickSubject.SOURCE, "src_");
        rows.add(StickSubject.numbered(1).row("sc1_clr_gpc", true, (a, element) -> clear(DataType.GPC, element)));
        rows.add(StickSubject.SOURCE.row("src_updt_conn_cnt", false, (a, element) -> StickFetches::countConnection));
        rows.add(usage("table_cnt", false));
        rows.add(usage("table_avl", true));
        return List.copyOf(rows);
    }

    private static void family(List<FetchKeyword> rows, StickSubject subject, String prefix) {
        for (DataType type : DataType.values()) {
            boolean server = type == DataType.SERVER_ID || type == DataType.SERVER_KEY;
            if (!server && (!type.isArray() || !subject.isNumbered())) {
                rows.add(subject.row(prefix + name(type), type.isArray(), (a, element) -> read(type, element)));
            }
        }
        for (DataType type : List.of(DataType.GPC0, DataType.GPC1, DataType.GPC)) {
            if (!type.isArray() || !subject.isNumbered()) {
                rows.add(subject.row(prefix + "inc_" + type.text(), type.isArray(),
                        (a, element) -> increment(type, element)));
                rows.add(subject.row(prefix + "clr_" + type.text(), type.isArray(),
                        (a, element) -> clear(type, element)));
            }
        }
        if (subject != StickSubject.SOURCE) {
            rows.add(subject.row(prefix + "trackers", false, (a, element) -> TRACKERS));
            rows.add(subject.tracked(prefix + "tracked"));
            rows.add(subject.key(prefix + "key"));
        }
    }

    /** Counters and tags have verbs that read them, bytes are told in kilobytes. */
    private static String name(DataType type) {
        return switch (type) {
            case GPC, GPC0, GPC1, GPT, GPT0 -> "get_" + type.text();
            case BYTES_IN_CNT -> "kbytes_in";
            case BYTES_OUT_CNT -> "kbytes_out";
            default -> type.text();
        };
    }

    private static StickSubject.Operation read(DataType type, int element) {
        int shift = type.kind() == DataType.Kind.TOTAL ? 10 : 0;
        return new StickSubject.Operation() {
            @Override
            public boolean onEntry(StickTable table, long entry, long nowMs, Sample out) {
                return give(table.readPinned(entry, type, element, nowMs), shift, out);
            }

            @Override
            public boolean onKey(StickTable table, Sample key, long nowMs, Sample out) {
                return give(table.read(key, type, element, nowMs), shift, out);
            }
        };
    }

    /** Zero where the key is not there, nothing where the table does not store it. */
    private static boolean give(long value, int shift, Sample out) {
        if (value == StickTable.NOT_STORED) {
            return false;
        }
        out.integer(value == StickTable.NO_ENTRY ? 0 : value >> shift);
        return true;
    }

    private static StickSubject.Operation increment(DataType type, int element) {
        return (table, entry, nowMs, out) -> {
            out.integer(table.count(entry, type, element, 1, nowMs));
            return true;
        };
    }

    private static StickSubject.Operation clear(DataType type, int element) {
        return (table, entry, nowMs, out) -> give(table.set(entry, type, element, 0, nowMs), 0, out);
    }

    private static boolean countConnection(StickTable table, long entry, long nowMs, Sample out) {
        if (!table.stores(DataType.CONN_CNT)) {
            return false;
        }
        out.integer(table.count(entry, DataType.CONN_CNT, 0, 1, nowMs));
        return true;
    }

    private static FetchKeyword usage(String name, boolean free) {
        return FetchKeyword.of(name, Signature.of(1, ArgumentKind.TABLE), SampleType.INTEGER, Need.INTERNAL,
                arguments -> usage(arguments, free));
    }

    private static Fetch usage(Arguments arguments, boolean free) throws ExpressionError {
        StickTable table = arguments.table(0);
        return (context, out) -> {
            out.integer(free ? Math.max(0, table.size() - table.used()) : table.used());
            return true;
        };
    }

    /** What is tracked under that number, or null. */
    static TrackedEntries tracked(ExpressionContext context, long number) {
        TrackedEntries tracked = context.tracked();
        return tracked != null && number >= 0 && number < tracked.count() && tracked.isTracked((int) number)
                ? tracked : null;
    }
}
