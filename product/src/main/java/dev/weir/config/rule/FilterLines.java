package dev.weir.config.rule;

import dev.weir.config.lang.Numbers;
import dev.weir.flow.cache.CacheFilter;
import dev.weir.flow.cache.HttpCache;
import dev.weir.flow.compress.CompressionFilter;
import dev.weir.flow.compress.RequestCompression;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.filter.BandwidthLimit;
import dev.weir.flow.filter.Filter;
import dev.weir.flow.filter.Filters;
import dev.weir.flow.filter.TraceFilter;
import dev.weir.model.proxy.RuleLine;
import dev.weir.model.stick.DataType;
import dev.weir.model.stick.StickTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code filter}, {@code filter-sequence} and {@code compression} lines of one proxy (configuration manual 9). One per
 * proxy.
 */
final class FilterLines {

    private final ProxyScope scope;
    private final ProxyLines proxy;
    private final Findings findings;
    private final CompressionLines compression = new CompressionLines();
    private final List<Filter> declared = new ArrayList<>();
    private final List<BandwidthLimit> limits = new ArrayList<>();
    private List<String> requestOrder;
    private List<String> responseOrder;
    private boolean declaresCompression;
    private boolean declaresOthers;

    FilterLines(ProxyScope scope, ProxyLines proxy, Findings findings) {
        this.scope = scope;
        this.proxy = proxy;
        this.findings = findings;
    }

    /** Takes the lines that are its own, before the rules that name filters are read. */
    void read(List<RuleLine> lines) {
        for (RuleLine line : lines) {
            if (line.kind().equals("compression")) {
                compression.add(line.args());
            }
        }
        for (RuleLine line : lines) {
            switch (line.kind()) {
                case "filter" -> filter(line);
                case "filter-sequence" -> sequence(line);
                default -> { }
            }
        }
        for (RuleLine line : lines) {
            boolean uses = line.args().size() > 1
                    && (line.args().getFirst().equals("cache-use") || line.args().getFirst().equals("cache-store"));
            if (uses && cacheFilter(line.args().get(1)) == null) {
                implicitCache(line);
            }
        }
        if (compression.isUsed() && !declaresCompression) {
            if (declaresOthers) {
                findings.late(lines.getFirst().place(), "config: " + proxy.noun() + " '" + proxy.name()
                        + "': require an explicit filter declaration to use HTTP compression");
            }
            addCompression(compression.direction());
        }
    }

    private CacheFilter cacheFilter(String name) {
        for (Filter each : declared) {
            if (each instanceof CacheFilter filter && filter.cache().spec().name().equals(name)) {
                return filter;
            }
        }
        return null;
    }

    /** Without a line of its own it comes first, so that what is kept is not compressed. */
    private void implicitCache(RuleLine line) {
        HttpCache cache = scope.cache(line.args().get(1));
        if (cache == null) {
            return;
        }
        if (declaresOthers) {
            findings.late(line.place(), "Proxy '" + proxy.name() + "': require an explicit filter declaration to use"
                    + " the cache '" + cache.spec().name() + "'.");
        }
        declared.addFirst(new CacheFilter(cache));
    }

    private void cache(ActionLine words) throws ExpressionError {
        if (!words.hasMore()) {
            throw new ExpressionError("cache : expects a <name> argument");
        }
        String name = words.next();
        HttpCache cache = scope.cache(name);
        if (cacheFilter(name) != null) {
            throw new ExpressionError(proxy.name() + ": multiple explicit declarations of the cache filter '" + name + "'");
        }
        if (cache == null) {
            findings.late(words.place(), "config: " + proxy.noun() + " '" + proxy.name() + "': unable to find the cache '"
                    + name + "' referenced by the filter 'cache'.");
            return;
        }
        declared.add(new CacheFilter(cache));
    }

    BandwidthLimit limit(String name) {
        for (BandwidthLimit limit : limits) {
            if (limit.called().equals(name)) {
                return limit;
            }
        }
        return null;
    }

    Filters filters() {
        return declared.isEmpty() ? Filters.NONE
                : new Filters(ordered(requestOrder), ordered(responseOrder));
    }

    private List<Filter> ordered(List<String> order) {
        if (order == null) {
            return List.copyOf(declared);
        }
        List<Filter> chosen = new ArrayList<>();
        for (String name : order) {
            declared.stream().filter(each -> each.name().equals(name)).forEach(chosen::add);
        }
        return List.copyOf(chosen);
    }

    private void sequence(RuleLine line) {
        List<String> words = line.args();
        String path = words.getFirst();
        if (!path.equals("request") && !path.equals("response")) {
            findings.alert(line.place(), "'filter-sequence' expects either 'request' or 'response' as first argument.");
        } else if (words.size() < 2 || words.get(1).isEmpty()) {
            findings.alert(line.place(), "'filter-sequence " + path + "' expects a list of filters as argument.");
        } else if (path.equals("request")) {
            requestOrder = List.of(words.get(1).split(","));
        } else {
            responseOrder = List.of(words.get(1).split(","));
        }
    }

    private void filter(RuleLine line) {
        ActionLine words = new ActionLine(RuleKind.REQUEST, scope, line.args(), line.place());
        String name = words.word();
        try {
            switch (name) {
                case "trace" -> trace(words);
                case "cache" -> cache(words);
                case "compression", "comp-req", "comp-res" -> compression(name);
                case "bwlim-in", "bwlim-out" -> bandwidth(words);
                default -> {
                    findings.unbuilt(line.place(), "filter " + name);
                    return;
                }
            }
            if (words.hasMore()) {
                findings.alert(line.place(), "'filter " + name + "' : unknown keyword '" + words.peek() + "'.");
            }
        } catch (ExpressionError e) {
            findings.alert(line.place(), "'filter' : '" + e.getMessage() + "'");
        }
    }

    private void trace(ActionLine words) throws ExpressionError {
        declaresOthers = true;
        String name = "TRACE";
        boolean random = false;
        boolean hexdump = false;
        boolean quiet = false;
        int most = 0;
        for (boolean known = true; known && words.hasMore(); ) {
            switch (words.peek()) {
                case "name" -> name = value(words, "trace");
                case "max-fwd" -> most = (int) positive(value(words, "trace"), "trace", "max-fwd");
                case "random-parsing" -> words.next();
                case "random-forwarding" -> random = words.takes("random-forwarding");
                case "hexdump" -> hexdump = words.takes("hexdump");
                case "quiet" -> quiet = words.takes("quiet");
                default -> known = false;
            }
        }
        declared.add(new TraceFilter("trace", name + "/" + proxy.name(), random, most, hexdump, quiet,
                System.err::print));
    }

    private static String value(ActionLine words, String filter) throws ExpressionError {
        String option = words.next();
        if (!words.hasMore()) {
            throw new ExpressionError("'" + filter + "' : '" + option + "' option without value");
        }
        return words.next();
    }

    private static long positive(String text, String filter, String option) throws ExpressionError {
        long value = Numbers.size(text);
        if (value < 0) {
            throw new ExpressionError("'" + filter + "' : invalid value for option '" + option + "'");
        }
        return value;
    }

    private void compression(String name) throws ExpressionError {
        for (Filter each : declared) {
            if (each.name().equals(name)) {
                throw new ExpressionError(proxy.name() + ": Proxy supports only one compression filter\n");
            }
        }
        declaresCompression = true;
        addCompression(name.equals("comp-req") ? "request" : name.equals("comp-res") ? "response"
                : compression.direction(), name);
    }

    private void addCompression(String direction) {
        addCompression(direction, "compression");
    }

    private void addCompression(String direction, String name) {
        if (!direction.equals("response")) {
            declared.add(new RequestCompression(name, compression.ofRequests(), scope.names().compressors()));
        }
        if (!direction.equals("request")) {
            declared.add(new CompressionFilter(name, compression.ofResponses(), scope.names().compressors()));
        }
    }

    private void bandwidth(ActionLine words) throws ExpressionError {
        declaresOthers = true;
        String kind = words.word();
        if (!words.hasMore()) {
            throw new ExpressionError("'" + kind + "' : a name is expected as first argument ");
        }
        String name = words.next();
        if (limit(name) != null) {
            throw new ExpressionError("bandwidth limitation filter '" + name + "' already exists in proxy '"
                    + proxy.name() + "'");
        }
        long limit = 0;
        long period = 0;
        long minimum = 0;
        Expression key = null;
        String table = null;
        boolean shared = false;
        for (boolean known = true; known && words.hasMore(); ) {
            String option = words.peek();
            switch (option) {
                case "limit", "default-limit" -> {
                    shared |= option.equals("limit");
                    limit = positive(value(words, kind), kind, option);
                }
                case "default-period" -> {
                    period = Numbers.millis(value(words, kind));
                    if (period <= 0) {
                        throw new ExpressionError("'" + kind + "' : invalid value for option 'default-period'");
                    }
                }
                case "min-size" -> minimum = positive(value(words, kind), kind, option);
                case "key" -> {
                    words.next();
                    key = words.expression();
                }
                case "table" -> table = value(words, kind);
                default -> known = false;
            }
        }
        add(new Wanted(kind, name, limit, period, minimum, shared, key, table));
    }

    private record Wanted(String kind, String name, long limit, long period, long minimum, boolean shared,
            Expression key, String table) {}

    private void add(Wanted wanted) throws ExpressionError {
        boolean outgoing = wanted.kind.equals("bwlim-out");
        boolean complete = wanted.shared ? wanted.limit > 0 && wanted.key != null : wanted.limit > 0 && wanted.period > 0;
        if (wanted.shared && wanted.period > 0 || wanted.key == null && wanted.table != null || !complete) {
            throw new ExpressionError("'" + wanted.kind + "' : "
                    + (wanted.shared || wanted.key != null ? "'limit' and 'key' options are required, without 'default-limit' and 'default-period'"
                            : "'default-limit' and 'default-period' options are required"));
        }
        StickTable table = wanted.key == null ? null : table(wanted, outgoing);
        BandwidthLimit limit = new BandwidthLimit(wanted.kind, wanted.name, outgoing, wanted.limit, (int) wanted.period,
                (int) wanted.minimum, wanted.key, table);
        declared.add(limit);
        limits.add(limit);
    }

    private StickTable table(Wanted wanted, boolean outgoing) throws ExpressionError {
        String name = wanted.table == null ? proxy.name() : wanted.table;
        StickTable table = scope.table(name);
        if (table == null) {
            throw new ExpressionError("unable to find table '" + name + "' referenced by bwlim filter '" + wanted.name + "'");
        }
        DataType rate = outgoing ? DataType.BYTES_OUT_RATE : DataType.BYTES_IN_RATE;
        if (!table.stores(rate)) {
            throw new ExpressionError("stick-table '" + name + "' uses a data type incompatible with bwlim filter '"
                    + wanted.name + "'");
        }
        return table;
    }
}
