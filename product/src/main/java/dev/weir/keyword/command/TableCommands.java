package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.config.compile.Generation;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.stick.DataType;
import dev.weir.model.stick.EntryFilter;
import dev.weir.model.stick.StickEntry;
import dev.weir.model.stick.StickTable;
import dev.weir.model.stick.StickTables;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Commands about stick tables. */
final class TableCommands {

    private static final int WORK_BYTES = 16_384;
    private static final int MOST_FILTERS = 4;
    private static final String SHOW_USAGE = "Optional argument only supports \"data.<store_data_type>\" <operator> "
            + "<value> and key <key>";
    private static final String CLEAR_USAGE = "Required arguments: <table> \"data.<store_data_type>\" <operator> <value> "
            + "or <table> key <key>";
    private static final String SET_USAGE = "Required arguments: <table> key <key> [data.<store_data_type> <value>]*";

    private final Site site;
    private final Workspace workspace = new Workspace(WORK_BYTES);

    private TableCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        TableCommands own = new TableCommands(site);
        table.add(new Command("show table", Level.USER, "show table <table> [<filter>]*",
                "report table usage stats or dump this table's contents (filter: data/key)", own::show));
        table.add(new Command("set table", Level.OPERATOR, "set table <table> key <k> [data.* <v>]*",
                "update or create a table entry's data", own::set));
        table.add(new Command("clear table", Level.OPERATOR, "clear table <table> [<filter>]*",
                "remove an entry from a table (filter: data/key)", own::clear));
    }

    private StickTables tables() {
        return site.now().configuration().rules().tables();
    }

    /** What follows the name of a table: conditions on values, or what is wrong with them. */
    private record Filters(List<EntryFilter> all, Text error) {

        boolean accept(StickEntry entry) {
            for (EntryFilter each : all) {
                if (!each.accepts(entry)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Filters filters(Call call, StickTable table) {
        List<EntryFilter> all = new ArrayList<>();
        for (int i = 3; call.word(i).startsWith("data."); i += 3) {
            String where = "Filter entry #" + (all.size() + 1) + ": ";
            Column column = Column.of(call.word(i).substring(5), table);
            EntryFilter.Comparison comparison = EntryFilter.Comparison.named(call.word(i + 1));
            String wrong = column.error != null ? column.error : all.size() == MOST_FILTERS ? "Too many filters"
                    : comparison == null
                    ? "Require and operator among \"eq\", \"ne\", \"le\", \"ge\", \"lt\", \"gt\""
                    : !Whole.is(call.word(i + 2)) ? "Require a valid integer value to compare against" : null;
            if (wrong != null) {
                return new Filters(List.of(), Text.error(where + wrong));
            }
            all.add(new EntryFilter(column.type, column.element, comparison, Whole.large(call.word(i + 2))));
        }
        return new Filters(all, null);
    }

    /** A stored value by what commands call it: {@code gpc0}, {@code gpc[1]}. */
    private record Column(DataType type, int element, String error) {

        static Column of(String word, StickTable table) {
            int open = word.indexOf('[');
            boolean array = open > 0 && word.endsWith("]") && Whole.is(word.substring(open + 1, word.length() - 1));
            String name = array ? word.substring(0, open) : word;
            int element = array ? Whole.leading(word.substring(open + 1)) : 0;
            for (DataType type : DataType.values()) {
                if (type.text().equals(name) && (!array || type.isArray())) {
                    return table.stores(type) ? new Column(type, element, null)
                            : new Column(null, 0, "Data type not stored in this table");
                }
            }
            return new Column(null, 0, "Unknown data type");
        }
    }

    /** The key as the table has it, or null. */
    private Sample key(StickTable table, String word) {
        if (table.spec().keyType().sampleType() == SampleType.INTEGER && !Whole.is(word)) {
            return null;
        }
        Sample key = new Sample();
        key.string(word.getBytes(StandardCharsets.UTF_8));
        return table.prepareKey(key, workspace) ? key : null;
    }

    private Answer show(Call call) {
        if (!call.has(2)) {
            return heads();
        }
        StickTable table = tables().find(call.word(2));
        if (table == null) {
            return Text.error("No such table");
        }
        if (!call.terminal().level().includes(Level.OPERATOR)) {
            StringBuilder out = new StringBuilder();
            TableText.head(out, table);
            return Text.dump(out.append("# contents not dumped due to insufficient privileges\n"));
        }
        if (isOne(call)) {
            return call.has(4) ? one(table, call) : wanted(call);
        }
        if (call.has(3) && !call.word(3).startsWith("data.")) {
            return Text.error(SHOW_USAGE);
        }
        Filters filters = filters(call, table);
        return filters.error != null ? filters.error : new Listing(site, table, filters);
    }

    /** The tables of proxies, the last declared first as with HAProxy, then those of other sections. */
    private Answer heads() {
        List<StickTable> ordered = new ArrayList<>();
        Generation now = site.now();
        for (ProxySpec proxy : now.configuration().proxies()) {
            StickTable table = tables().find(proxy.name());
            if (table != null && !ordered.contains(table)) {
                ordered.add(table);
            }
        }
        Collections.reverse(ordered);
        for (StickTable table : tables().sorted()) {
            if (!ordered.contains(table)) {
                ordered.add(table);
            }
        }
        StringBuilder out = new StringBuilder();
        ordered.forEach(table -> TableText.head(out, table));
        return Text.dump(out);
    }

    /** Whether it is about one entry: by its key, or by the number that {@code show table} prints. */
    private static boolean isOne(Call call) {
        return call.word(3).equals("key") || call.word(3).equals("ptr");
    }

    private static Text wanted(Call call) {
        return Text.error(call.word(3).equals("key") ? "Key value expected" : "Pointer value expected");
    }

    /** Looks for the entry that is meant. */
    private boolean find(StickTable table, Call call, StickEntry entry) {
        if (call.word(3).equals("ptr")) {
            String digits = call.word(4).startsWith("0x") ? call.word(4).substring(2) : "";
            return isHex(digits) && table.look(Long.parseLong(digits, 16), entry, site.nowMs());
        }
        Sample key = key(table, call.word(4));
        return key != null && table.look(key, entry, site.nowMs());
    }

    private static boolean isHex(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), 16) < 0) {
                return false;
            }
        }
        return !digits.isEmpty() && digits.length() < 16;
    }

    private Answer one(StickTable table, Call call) {
        StickEntry entry = new StickEntry();
        if (!find(table, call, entry)) {
            return Text.NOTHING;
        }
        StringBuilder out = new StringBuilder();
        TableText.head(out, table);
        TableText.entry(out, table, entry);
        return Text.dump(out);
    }

    private Answer set(Call call) {
        if (!call.has(2)) {
            return Text.error(SET_USAGE);
        }
        StickTable table = tables().find(call.word(2));
        if (table == null) {
            return Text.error("No such table");
        }
        if (!call.has(3)) {
            return Text.NOTHING;
        }
        if (!isOne(call)) {
            return Text.error(call.word(3).startsWith("data.")
                    ? "content-based lookup is only supported with the \"show\" and \"clear\" actions" : SET_USAGE);
        }
        if (!call.has(4)) {
            return wanted(call);
        }
        StickEntry known = new StickEntry();
        boolean numbered = call.word(3).equals("ptr");
        Sample key = !numbered ? key(table, call.word(4)) : find(table, call, known) ? known.key() : null;
        if (key == null) {
            return Text.error(numbered ? "Entry not found" : "Invalid key");
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 5; call.has(i); i += 2) {
            Column column = call.word(i).startsWith("data.") ? Column.of(call.word(i).substring(5), table)
                    : new Column(null, 0, "\"data.<type>\" followed by a value expected");
            String wrong = column.error != null ? column.error
                    : Whole.is(call.word(i + 1)) ? null : "Require a valid integer value to store";
            if (wrong != null) {
                return Text.error(wrong);
            }
            columns.add(column);
        }
        long entry = table.pin(key, site.nowMs());
        if (entry == StickTable.NONE) {
            return Text.error("Unable to allocate a new entry");
        }
        for (int i = 0; i < columns.size(); i++) {
            table.set(entry, columns.get(i).type, columns.get(i).element, Whole.large(call.word(6 + 2 * i)),
                    site.nowMs());
        }
        table.unpin(entry, site.nowMs());
        return Text.NOTHING;
    }

    private Answer clear(Call call) {
        if (!call.has(2)) {
            return Text.error(CLEAR_USAGE);
        }
        StickTable table = tables().find(call.word(2));
        if (table == null) {
            return Text.error("No such table");
        }
        if (isOne(call)) {
            return call.has(4) ? clearOne(table, call) : wanted(call);
        }
        if (call.has(3) && !call.word(3).startsWith("data.")) {
            return Text.error(CLEAR_USAGE);
        }
        Filters filters = filters(call, table);
        if (filters.error != null) {
            return filters.error;
        }
        StickEntry entry = new StickEntry();
        long place = 0;
        do {
            place = table.next(place, Listing.ROWS, entry, site.nowMs());
            if (!entry.isEmpty() && filters.accept(entry)) {
                table.remove(entry.number());
            }
        } while (place != StickTable.NONE);
        return Text.NOTHING;
    }

    private Answer clearOne(StickTable table, Call call) {
        StickEntry entry = new StickEntry();
        if (!find(table, call, entry) || table.remove(entry.number())) {
            return Text.NOTHING;
        }
        return Text.error("Entry currently in use, cannot remove");
    }

    /** The entries of a table, from place to place while the client reads. */
    private static final class Listing implements Answer {

        static final int ROWS = 64;

        private final Site site;
        private final StickTable table;
        private final Filters filters;
        private final StickEntry entry = new StickEntry();
        private boolean started;
        private long place;

        Listing(Site site, StickTable table, Filters filters) {
            this.site = site;
            this.table = table;
            this.filters = filters;
        }

        @Override
        public Progress write(StringBuilder out, int atLeast) {
            if (!started) {
                started = true;
                TableText.head(out, table);
            }
            while (out.length() < atLeast && place != StickTable.NONE) {
                place = table.next(place, ROWS, entry, site.nowMs());
                if (!entry.isEmpty() && filters.accept(entry)) {
                    TableText.entry(out, table, entry);
                }
            }
            return place == StickTable.NONE ? Progress.DONE : Progress.MORE;
        }
    }
}
