package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Later;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.flow.drive.Tenure;
import java.util.List;

/** Commands about configurations that follow each other. */
final class ReloadCommands {

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
