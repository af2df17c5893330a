package dev.weir.admin.stats;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The metrics as text, family after family. One use. */
final class PrometheusText implements StatsView {

    private static final String[] STATES = {"DOWN", "UP", "MAINT", "DRAIN", "NOLB"};
    private static final String[] PROXY_STATES = {"DOWN", "UP"};
    private static final String[] LISTENER_STATES = {"WAITING", "OPEN", "FULL"};
    private static final String[] CHECKS = {"HANA", "SOCKERR", "L4OK", "L4TOUT", "L4CON", "L6OK", "L6TOUT", "L6RSP",
        "L7TOUT", "L7RSP", "L7OK", "L7OKC", "L7STS", "PROCERR", "PROCTOUT", "PROCOK"};

    /** A step of the output. */
    private interface Part {
        void write(StringBuilder out);
    }

    private final PrometheusQuery query;
    private final Map<RowKind, List<StatsRow>> rows = new EnumMap<>(RowKind.class);
    private final Iterator<Part> parts;
    private String family = "";

    PrometheusText(PrometheusService.Content content, PrometheusQuery query) {
        this.query = query;
        for (RowKind kind : RowKind.values()) {
            rows.put(kind, new ArrayList<>());
        }
        StatsSource source = content.rows(query.noMaintenance());
        for (StatsRow row = source.next(); row != null; row = source.next()) {
            rows.get(row.kind()).add(row);
        }
        parts = parts(content).iterator();
    }

    private List<Part> parts(PrometheusService.Content content) {
        List<Part> all = new ArrayList<>();
        for (PrometheusQuery.Scope scope : PrometheusQuery.Scope.values()) {
            if (query.scopes().contains(scope)) {
                switch (scope) {
                    case GLOBAL -> global(content, all);
                    case FRONTEND -> both(RowKind.FRONTEND, all);
                    case LISTENER -> families(RowKind.LISTENER, all);
                    case BACKEND -> both(RowKind.BACKEND, all);
                    case SERVER -> both(RowKind.SERVER, all);
                    case STICKTABLE -> tables(content, all);
                    case RESOLVER -> nameServers(content, all);
                }
            }
        }
        return all;
    }

    @Override
    public boolean write(StringBuilder out, int atLeast) {
        while (parts.hasNext() && out.length() < atLeast) {
            parts.next().write(out);
        }
        return parts.hasNext();
    }

    /** Says what a family is before its first line. */
    private void begin(StringBuilder out, String name, boolean counter, String help) {
        begin(out, name, counter ? "counter" : "gauge", help);
    }

    private void begin(StringBuilder out, String name, String type, String help) {
        if (!name.equals(family)) {
            family = name;
            out.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ").append(name).append(' ')
                    .append(type).append('\n');
        }
    }

    private void global(PrometheusService.Content content, List<Part> all) {
        Map<String, InfoField> fields = new HashMap<>();
        content.process().forEach(each -> fields.put(each.name().replace(' ', '_'), each));
        InfoField description = fields.get("description");
        String label = query.described() && description != null ? description.text() : null;
        for (PrometheusFamilies.Global each : PrometheusFamilies.GLOBAL) {
            String name = "haproxy_process_" + each.name();
            InfoField field = fields.get(each.field());
            if (query.wants(name) && (field != null || each.name().endsWith("zlib_memory"))) {
                all.add(out -> {
                    begin(out, name, each.counter(), field == null ? "Memory of zlib" : field.purpose());
                    out.append(name);
                    global(out, each, field, label);
                });
            }
        }
    }

    private static void global(StringBuilder out, PrometheusFamilies.Global each, InfoField field, String label) {
        String own = each.name().equals("build_info") ? "version" : each.name().equals("description") ? "desc"
                : each.name().equals("node") ? "node" : null;
        int open = out.length();
        if (own != null) {
            label(out, open, own, field.text());
        }
        if (label != null && !"desc".equals(own)) {
            label(out, open, "desc", label);
        }
        out.append(out.length() > open ? "} " : " ");
        if (own != null) {
            out.append(1);
        } else if (field == null) {
            out.append("NaN");
        } else {
            out.append(field.number());
        }
        out.append('\n');
    }

    private void both(RowKind kind, List<Part> all) {
        families(kind, all);
        for (ModuleColumn column : query.extra() ? ModuleColumn.values() : new ModuleColumn[0]) {
            module(kind, column, all);
        }
        for (PrometheusHistograms.Series each : PrometheusHistograms.of(kind, rows.get(kind), query)) {
            all.add(out -> {
                begin(out, each.family(), "histogram", each.help());
                StringBuilder labels = new StringBuilder();
                labels(labels, 0, each.row());
                PrometheusHistograms.write(out, each, labels.toString());
            });
        }
    }

    /** What a module counts, by the names of HAProxy's extra counters. */
    private void module(RowKind kind, ModuleColumn column, List<Part> all) {
        String name = "haproxy_" + kind.name().toLowerCase(java.util.Locale.ROOT) + "_" + column.title();
        for (StatsRow row : query.wants(name) ? rows.get(kind) : List.<StatsRow>of()) {
            if (row.module(column) != StatsRow.ABSENT) {
                all.add(out -> {
                    begin(out, name, !column.isGauge(), column.description() + ".");
                    out.append(name);
                    labels(out, out.length(), row);
                    out.append("} ").append(row.module(column)).append('\n');
                });
            }
        }
    }

    private void families(RowKind kind, List<Part> all) {
        String prefix = "haproxy_" + kind.name().toLowerCase(java.util.Locale.ROOT) + "_";
        for (PrometheusFamilies.Family each : PrometheusFamilies.of(kind)) {
            String name = prefix + each.name();
            if (query.wants(name)) {
                for (StatsRow row : rows.get(kind)) {
                    all.add(out -> row(out, name, each, row));
                }
            }
        }
    }

    private void row(StringBuilder out, String name, PrometheusFamilies.Family each, StatsRow row) {
        Metric metric = each.metric();
        boolean has = metric.isFor(row.kind()) && row.has(metric);
        boolean http = row.text(Metric.MODE).equals("http");
        switch (each.form()) {
            case PLAIN -> {
                start(out, name, each, row, null, null);
                out.append(has ? Long.toString(row.number(metric)) : "NaN").append('\n');
            }
            case SECONDS -> {
                start(out, name, each, row, null, null);
                seconds(out, has ? row.number(metric) : 0).append('\n');
            }
            case HTTP, HTTP_CODE -> {
                if (http) {
                    start(out, name, each, row, each.code() == null ? null : "code", each.code());
                    out.append(has ? row.number(metric) : 0).append('\n');
                }
            }
            case CHECK -> check(out, name, each, row);
            case CHECK_STATE -> {
                if (has) {
                    states(out, name, each, row, CHECKS, bare(row.text(metric)));
                }
            }
            case PROXY_STATE -> states(out, name, each, row, PROXY_STATES, isUp(row) ? "UP" : "DOWN");
            case LISTENER_STATE -> states(out, name, each, row, LISTENER_STATES, row.text(metric));
            case SERVER_STATE -> states(out, name, each, row, STATES, state(row));
            case STATE_COUNTS -> counts(out, name, each, row, STATES);
            case CHECK_COUNTS -> counts(out, name, each, row, CHECKS);
        }
    }

    private void start(StringBuilder out, String name, PrometheusFamilies.Family each, StatsRow row, String label,
            String value) {
        begin(out, name, each.counter(), each.help());
        out.append(name);
        int open = out.length();
        labels(out, open, row);
        if (label != null) {
            label(out, open, label, value);
        }
        String description = query.described() ? row.proxy().settings().get(
                dev.weir.model.proxy.ProxySpec.DESCRIPTION) : null;
        if (description != null) {
            label(out, open, "desc", description);
        }
        out.append("} ");
    }

    private static void labels(StringBuilder out, int open, StatsRow row) {
        label(out, open, "proxy", row.text(Metric.PXNAME));
        if (row.kind() == RowKind.SERVER) {
            label(out, open, "server", row.text(Metric.SVNAME));
        } else if (row.kind() == RowKind.LISTENER) {
            label(out, open, "listener", row.text(Metric.SVNAME));
        }
    }

    private static void label(StringBuilder out, int open, String name, String value) {
        out.append(out.length() == open ? '{' : ',').append(name).append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")).append('"');
    }

    private static StringBuilder seconds(StringBuilder out, long ms) {
        out.append(ms / 1000).append('.').append(Long.toString(1000 + ms % 1000), 1, 4).append("000");
        return out;
    }

    /** Of servers that are checked only. */
    private void check(StringBuilder out, String name, PrometheusFamilies.Family each, StatsRow row) {
        Metric metric = each.metric();
        boolean agent = metric == Metric.AGENT_CODE || metric == Metric.AGENT_DURATION;
        if (!row.has(agent ? Metric.AGENT_STATUS : Metric.CHECK_STATUS)) {
            return;
        }
        start(out, name, each, row, null, null);
        long value = row.has(metric) ? row.number(metric) : 0;
        if (each.name().endsWith("_seconds")) {
            seconds(out, value);
        } else {
            out.append(value);
        }
        out.append('\n');
    }

    private void states(StringBuilder out, String name, PrometheusFamilies.Family each, StatsRow row, String[] all,
            String now) {
        for (String state : all) {
            start(out, name, each, row, "state", state);
            out.append(state.equals(now) ? "1\n" : "0\n");
        }
    }

    /** How many servers of a backend are in each state. */
    private void counts(StringBuilder out, String name, PrometheusFamilies.Family each, StatsRow row, String[] all) {
        long[] found = new long[all.length];
        boolean any = false;
        for (StatsRow server : rows.get(RowKind.SERVER)) {
            if (server.proxy() == row.proxy()) {
                any = true;
                String now = all == STATES ? state(server) : server.has(Metric.CHECK_STATUS)
                        ? bare(server.text(Metric.CHECK_STATUS)) : "";
                for (int i = 0; i < all.length; i++) {
                    found[i] += all[i].equals(now) ? 1 : 0;
                }
            }
        }
        for (int i = 0; any && i < all.length; i++) {
            start(out, name, each, row, "state", all[i]);
            out.append(found[i]).append('\n');
        }
    }

    private static boolean isUp(StatsRow row) {
        String status = row.text(Metric.STATUS);
        return row.kind() == RowKind.BACKEND ? status.startsWith("UP") : !status.equals("STOP");
    }

    private static String state(StatsRow server) {
        String status = server.text(Metric.STATUS);
        for (String state : STATES) {
            if (status.startsWith(state)) {
                return state;
            }
        }
        return "UP";
    }

    /** A status without the mark of a check that runs. */
    private static String bare(String status) {
        return status.startsWith("* ") ? status.substring(2) : status;
    }

    private void tables(PrometheusService.Content content, List<Part> all) {
        String[] names = {"size", "used", "local_updates"};
        for (int i = 0; i < names.length; i++) {
            int column = i;
            String name = "haproxy_sticktable_" + names[i];
            for (PrometheusService.Table table : query.wants(name) ? content.tables()
                    : List.<PrometheusService.Table>of()) {
                all.add(out -> {
                    begin(out, name, false, "Stick table: " + names[column].replace('_', ' '));
                    out.append(name);
                    int open = out.length();
                    label(out, open, "name", table.name());
                    label(out, open, "type", table.type());
                    out.append("} ").append(column == 0 ? table.size() : column == 1 ? table.used() : table.updates())
                            .append('\n');
                });
            }
        }
    }

    private void nameServers(PrometheusService.Content content, List<Part> all) {
        List<PrometheusService.NameServer> servers = content.nameServers();
        int counters = servers.isEmpty() ? 0 : servers.getFirst().counters().size();
        for (int i = 0; i < counters; i++) {
            int column = i;
            String name = "haproxy_resolver_" + servers.getFirst().counters().get(i).name();
            for (PrometheusService.NameServer server : query.wants(name) ? servers
                    : List.<PrometheusService.NameServer>of()) {
                all.add(out -> {
                    PrometheusService.NameServer.Counter counter = server.counters().get(column);
                    begin(out, name, false, "Name server: " + counter.name().replace('_', ' '));
                    out.append(name);
                    int open = out.length();
                    label(out, open, "resolver", server.resolvers());
                    label(out, open, "nameserver", server.name());
                    out.append("} ").append(counter.value()).append('\n');
                });
            }
        }
    }
}
