package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Mask;
import dev.weir.admin.cli.Text;
import dev.weir.config.compile.GlobalSpec;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** {@code set anon}, {@code show anon}: answers that can be shown to others. Owned by the Conductor. */
final class AnonymousCommands {

    private static final long MOST = 0xffff_ffffL;

    private final Site site;
    /** What a command has made of {@code anonkey}, -1 for nothing. */
    private long globalKey = -1;

    private AnonymousCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        AnonymousCommands own = new AnonymousCommands(site);
        table.add(new Command("set anon on", Level.USER, "set anon on [value]", "activate the anonymized mode",
                own::on));
        table.add(new Command("set anon off", Level.USER, "set anon off", "deactivate the anonymized mode", call -> {
            call.terminal().mask(null);
            return Text.NOTHING;
        }));
        table.add(new Command("set anon global-key", Level.ADMIN, "set anon global-key <value>",
                "change the global anonymizing key", own::globalKey));
        table.add(new Command("show anon", Level.USER, "show anon", "display the current state of anonymized mode",
                AnonymousCommands::show));
    }

    private long key() {
        return globalKey >= 0 ? globalKey : number(site.now().configuration().global().get(GlobalSpec.ANONKEY));
    }

    private static long number(String text) {
        return Whole.is(text) && Whole.large(text) >= 0 && Whole.large(text) <= MOST ? Whole.large(text) : -1;
    }

    private Answer on(Call call) {
        long key = call.has(3) ? number(call.word(3)) : key();
        if (call.has(3) && key <= 0) {
            return Text.error("Value out of range (1 to 4294967295 expected).");
        }
        int used = key > 0 ? (int) key : ThreadLocalRandom.current().nextInt();
        call.terminal().mask(new Mask(used == 0 ? 1 : used));
        return Text.NOTHING;
    }

    private Answer globalKey(Call call) {
        long key = number(call.word(3));
        if (key < 0) {
            return Text.error("Value out of range (0 to 4294967295 expected).");
        }
        globalKey = key;
        return Text.NOTHING;
    }

    private static Answer show(Call call) {
        Mask mask = call.terminal().mask();
        if (mask == null) {
            return Text.info("Anonymized mode disabled");
        }
        boolean told = call.terminal().level().includes(Level.OPERATOR);
        return Text.info("Anonymized mode enabled" + (told ? "\nKey : " + (mask.key() & MOST) : ""));
    }
}
