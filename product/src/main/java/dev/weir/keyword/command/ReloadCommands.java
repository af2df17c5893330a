package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Later;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.config.lang.VersionNumbers;
import dev.weir.flow.drive.Tenure;
import java.util.List;

/** Commands about configurations that follow each other. */
final class ReloadCommands {

    private static final int COLUMN = 15;

    private final Site site;

    private ReloadCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        ReloadCommands own = new ReloadCommands(site);
        table.add(new Command("reload", Level.ADMIN, "reload", "read the configuration again and apply it",
                own::reload));
        table.add(new Command("show generations", Level.OPERATOR, "show generations",
                "list configurations that still serve connections", call -> own.generations()));
    }

    static void addMasterTo(List<Command> table, Site site) {
        ReloadCommands own = new ReloadCommands(site);
        table.add(new Command("reload", Level.OPERATOR, "reload", "achieve a soft-reload (-sf) of haproxy",
                own::reloadAndLeave));
        table.add(new Command("hard-reload", Level.OPERATOR, "hard-reload", "achieve a hard-reload (-st) of haproxy",
                own::reloadAndLeave));
        table.add(new Command("show proc", Level.USER, "show proc", "show processes status", call -> own.processes()));
        // prefixes are no commands, but help lists them
        table.add(new Command("@!<pid>", Level.USER, "@!<pid>", "send a command to the <pid> process",
                call -> Text.NOTHING));
        table.add(new Command("@<relative pid>", Level.USER, "@<relative pid>",
                "send a command to the <relative pid> process", call -> Text.NOTHING));
        table.add(new Command("@master", Level.USER, "@master", "send a command to the master process",
                call -> Text.NOTHING));
    }

    /** The last that its session is told, as with HAProxy, whose master begins anew. */
    private Answer reloadAndLeave(Call call) {
        Answer answer = reload(call);
        call.terminal().quit();
        return answer;
    }

    private Answer processes() {
        StringBuilder out = new StringBuilder();
        row(out, "#<PID>", "<type>", "<reloads>", "<uptime>", "<version>");
        List<Tenure> all = site.reloads().tenures();
        int reloads = all.getLast().number() - 1;
        row(out, pid(), "master", reloads + " [failed: " + site.reloads().failed() + "]",
                uptime(site.story().startedMs()), VersionNumbers.COMPATIBLE);
        out.append("# workers\n");
        worker(out, all.getLast(), all.getLast());
        if (all.size() > 1) {
            out.append("# old workers\n");
            all.subList(0, all.size() - 1).forEach(each -> worker(out, each, all.getLast()));
        }
        return Text.dump(out);
    }

    private void worker(StringBuilder out, Tenure tenure, Tenure last) {
        row(out, pid(), "worker", Integer.toString(last.number() - tenure.number()), uptime(tenure.beganMs()),
                VersionNumbers.COMPATIBLE);
    }

    private String pid() {
        return Long.toString(site.runtime().identity().pid());
    }

    private String uptime(long sinceMs) {
        long seconds = (site.nowMs() - sinceMs) / 1000;
        return seconds / 86_400 + "d" + two(seconds / 3600 % 24) + "h" + two(seconds / 60 % 60) + "m" + two(seconds % 60)
                + "s";
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    private static void row(StringBuilder out, String... columns) {
        for (String column : columns) {
            out.append(column).append(" ".repeat(Math.max(0, COLUMN - column.length()))).append(' ');
        }
        out.setLength(out.length() - 1);
        out.append('\n');
    }

    private Answer reload(Call call) {
        Later later = new Later(call.terminal());
        site.reloads().request(outcome -> later.give(Text.dump("Success=" + (outcome.good() ? 1 : 0) + "\n--\n"
                + outcome.log())));
        return later;
    }

    private Answer generations() {
        StringBuilder out = new StringBuilder("# generation age connections state\n");
        List<Tenure> all = site.reloads().tenures();
        for (Tenure each : all) {
            out.append(each.number()).append(' ').append((site.nowMs() - each.beganMs()) / 1000).append("s ")
                    .append(each.connections()).append(each == all.getLast() ? " current" : " draining").append('\n');
        }
        return Text.dump(out);
    }
}
