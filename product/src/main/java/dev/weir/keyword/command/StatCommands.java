package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.admin.stats.ProxyRows;
import dev.weir.admin.stats.RowFilter;
import dev.weir.admin.stats.StatsCsv;
import dev.weir.admin.stats.StatsFile;
import dev.weir.admin.stats.StatsJson;
import dev.weir.admin.stats.StatsSchema;
import dev.weir.admin.stats.StatsSource;
import dev.weir.admin.stats.StatsTyped;
import dev.weir.admin.stats.StatsView;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Entrance;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.net.mux.Listener;
import java.util.List;

/** Commands about the statistics of proxies. */
final class StatCommands {

    private final Site site;

    private StatCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        StatCommands own = new StatCommands(site);
        table.add(new Command("show stat", Level.USER, "show stat [desc|json|no-maint|typed|up]*",
                "report counters for each proxy and server", own::show));
        table.add(new Command("show schema json", Level.USER, "show schema json", "report schema used for stats",
                call -> Text.dump(StatsSchema.JSON)));
        table.add(new Command("dump stats-file", Level.USER, "dump stats-file",
                "dump counters that another process can begin with", call -> Text.dump(StatsFile.dump(
                        new ProxyRows(PageContent.shown(site), site.nowMs(), RowFilter.ALL),
                        call.word(2).equals("names")))));
        table.add(new Command("clear counters", Level.OPERATOR,
                "clear counters [all|server <bk>/<srv> [force]]",
                "clear max statistics counters (or all, or one server's)", own::clear));
    }

    private Answer show(Call call) {
        int at = 2;
        if (call.word(2).equals("domain")) {
            if (call.word(3).equals("resolvers")) {
                return ResolverStats.show(site, call.words());
            }
            if (!call.word(3).equals("proxy")) {
                return Text.error("Invalid statistics domain.");
            }
            at = 4;
        }
        int proxy = -1;
        int kinds = -1;
        int server = -1;
        if (call.has(at + 2)) {
            proxy = number(call.word(at));
            if (proxy == Integer.MIN_VALUE) {
                return Text.error("No such proxy.");
            }
            kinds = Whole.leading(call.word(at + 1));
            server = Whole.leading(call.word(at + 2));
            at += 3;
        }
        List<String> words = call.words();
        RowFilter filter = new RowFilter(proxy, kinds, server, words.contains("up"), words.contains("no-maint"));
        StatsSource rows = source(filter, call.terminal().level());
        boolean json = words.contains("json");
        return new Viewed(json ? new StatsJson(rows) : words.contains("typed")
                ? new StatsTyped(rows, words.contains("desc")) : new StatsCsv(rows));
    }

    /** The number that a word says or that the proxy of that name has. */
    private int number(String word) {
        if (Whole.is(word)) {
            return Whole.leading(word);
        }
        for (ProxySpec spec : site.now().proxies()) {
            if (spec.name().equals(word)) {
                return spec.id();
            }
        }
        return Integer.MIN_VALUE;
    }

    private StatsSource source(RowFilter filter, Level level) {
        StatsSource rows = new ProxyRows(PageContent.shown(site), site.nowMs(), filter);
        return level.includes(Level.OPERATOR) ? rows : new PublicRows(rows);
    }

    /** A view as an answer. */
    private record Viewed(StatsView view) implements Answer {
        @Override
        public Progress write(StringBuilder out, int atLeast) {
            return view.write(out, atLeast) ? Progress.MORE : Progress.DONE;
        }
    }

    private Answer clear(Call call) {
        boolean all = call.word(2).equals("all");
        boolean one = call.word(2).equals("server");
        if ((all || one) && !call.terminal().level().includes(Level.ADMIN)) {
            return Text.error("Permission denied");
        }
        return one ? clearServer(call) : clearAll(all);
    }

    private Answer clearServer(Call call) {
        if (!call.has(3)) {
            return Text.error("Missing server name (<backend>/<server>).");
        }
        Proxies.Found found = Proxies.server(site, call.word(3));
        if (found.error() != null) {
            return found.error();
        }
        found.server().clear();
        return Text.info("Server counters cleared.");
    }

    private Answer clearAll(boolean all) {
        for (FrontendProgram program : site.now().frontends()) {
            clear(program.frontend(), all);
        }
        for (BackendProgram program : site.now().backends()) {
            clear(program.backend(), all);
        }
        site.runtime().totals().clearMaxima();
        site.pulse().activity().clear(site.runtime().everyone());
        return Text.NOTHING;
    }

    private static void clear(Frontend frontend, boolean all) {
        if (all) {
            frontend.clear();
        } else {
            frontend.clearMaxima();
        }
        for (Listener listener : frontend.listeners()) {
            if (listener.admission() instanceof Entrance entrance) {
                entrance.connections().clearMax();
                if (all) {
                    entrance.counts().clear();
                }
            }
        }
    }

    private static void clear(Backend backend, boolean all) {
        if (all) {
            backend.clear();
        } else {
            backend.clearMaxima();
        }
        for (Server server : backend.servers()) {
            if (all) {
                server.clear();
            } else {
                server.clearMaxima();
            }
        }
    }
}
