package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.upkeep.peers.PeerSection;
import java.util.ArrayList;
import java.util.List;

/** Commands about peers. */
final class PeerCommands {

    private PeerCommands() {}

    static void addTo(List<Command> table, Site site) {
        table.add(new Command("show peers", Level.USER, "show peers [dict|-] [section]",
                "dump some information about all the peers or this peers section", call -> show(call, site)));
    }

    private static Answer show(Call call, Site site) {
        boolean names = call.word(2).equals("dict");
        int at = names || call.word(2).equals("-") ? 3 : 2;
        List<PeerSection> wanted = new ArrayList<>();
        for (PeerSection section : site.peers().sections()) {
            if (!call.has(at) || section.spec().name().equals(call.word(at))) {
                wanted.add(section);
            }
        }
        if (wanted.isEmpty() && call.has(at)) {
            return Text.error("No such peers");
        }
        PeerText text = new PeerText(site.nowMs(), site.runtime().conductor().wallMicros(), names);
        wanted.forEach(text::section);
        return Text.dump(text.toString());
    }
}
