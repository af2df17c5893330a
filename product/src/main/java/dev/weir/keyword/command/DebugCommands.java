package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Later;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.base.time.Clock;
import dev.weir.base.time.Timer;
import dev.weir.model.proxy.Totals;
import java.util.List;
import java.util.Set;

/** {@code debug}: what helps to find faults, most of it behind the expert mode. Owned by the Conductor. */
final class DebugCommands {

    private static final int LONGEST_MS = 4_000;
    private static final int MOST_WRITTEN = 1 << 20;
    private static final int LINE = 64;
    private static final Set<String> COUNTER_WORDS = Set.of("show", "reset", "on", "off", "all", "bug", "chk", "cnt", "glt");
    private static final String COUNTER_USAGE = """
            Usage: debug counters [reset|show|on|off|all|bug|chk|cnt|glt|?]*
            Actions: show (default), reset, on, off. Filters: bug, chk, cnt, glt; all shows those that never counted too.
            """;

    private final Site site;
    /** What the counters had when they were reset. */
    private long bugsBefore;
    private long messagesBefore;

    private DebugCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        DebugCommands own = new DebugCommands(site);
        table.add(new Command("debug counters", Level.OPERATOR, "debug counters [?|all|bug|cnt|chk|glt]*",
                "dump/reset rare event counters", own::counters));
        table.add(new Command("debug dev hash", Level.USER, "debug dev hash   [msg]", "return msg hashed if anon is set",
                own::hash));
        own.expert(table, "check", "", "count a failed check and go on", call -> Text.NOTHING);
        own.expert(table, "delay", "[ms]", "answer after this long", own::delay);
        own.expert(table, "loop", "<ms>", "loop this long on the thread of commands", own::loop);
        own.expert(table, "exit", "[code]", "immediately exit the process", own::exit);
        own.expert(table, "write", "[size]", "write that many bytes in return", own::write);
    }

    private void expert(List<Command> table, String name, String arguments, String purpose, Command.Run run) {
        table.add(new Command("debug dev " + name, Level.ADMIN, ("debug dev " + name + " " + arguments).strip(), purpose,
                call -> {
                    site.pulse().debugged();
                    return run.call(call);
                }).behind(Command.Gate.EXPERT));
    }

    private Answer counters(Call call) {
        List<String> words = call.words().subList(2, call.words().size());
        for (String word : words) {
            if (!COUNTER_WORDS.contains(word)) {
                return Text.dump(COUNTER_USAGE);
            }
        }
        boolean changes = words.contains("reset") || words.contains("on") || words.contains("off");
        if (changes && !call.terminal().level().includes(Level.ADMIN)) {
            return Text.error("Permission denied");
        }
        Totals totals = site.runtime().totals();
        if (words.contains("reset")) {
            bugsBefore = totals.bugs().get();
            messagesBefore = totals.badMessages().get();
        }
        if (changes && !words.contains("show")) {
            return Text.NOTHING;
        }
        StringBuilder out = new StringBuilder("Count     Type Location function(): \"condition\" [comment]\n");
        row(out, words, "bug", totals.bugs().get() - bugsBefore, "Totals.bugs bugs(): exceptions that nothing expected");
        row(out, words, "cnt", totals.badMessages().get() - messagesBefore,
                "Totals.badMessages badMessages(): messages that broke the protocol");
        return Text.dump(out);
    }

    private static void row(StringBuilder out, List<String> words, String type, long count, String what) {
        boolean filtered = words.contains("bug") || words.contains("chk") || words.contains("cnt") || words.contains("glt");
        if ((!filtered || words.contains(type)) && (count > 0 || words.contains("all"))) {
            String number = Long.toString(count);
            out.append(number).append(" ".repeat(Math.max(1, 10 - number.length()))).append(type.toUpperCase(
                    java.util.Locale.ROOT)).append("  ").append(what).append('\n');
        }
    }

    private Answer hash(Call call) {
        return Text.info(call.terminal().mask() == null ? call.rest(3) : call.terminal().mask().name(call.rest(3)));
    }

    private static int milliseconds(String word) {
        return Math.clamp(Whole.leading(word), 0, LONGEST_MS);
    }

    /** Holds the Conductor, not the workers: traffic goes on. */
    private Answer loop(Call call) {
        // a worker's own clock stands still during a turn, and this is one turn
        long end = Clock.SYSTEM.millis() + milliseconds(call.word(3));
        while (Clock.SYSTEM.millis() < end) {
            Thread.onSpinWait();
        }
        return Text.NOTHING;
    }

    /** Nothing sleeps here: the answer waits, and the thread does other things. */
    private Answer delay(Call call) {
        Later later = new Later(call.terminal());
        site.runtime().conductor().arm(new Timer() {
            @Override
            protected void fire(long nowMs) {
                later.give(Text.NOTHING);
            }
        }, Math.max(1, milliseconds(call.word(3))));
        return later;
    }

    private Answer exit(Call call) {
        Runtime.getRuntime().halt(Math.max(0, Whole.leading(call.word(3))));
        return Text.NOTHING;
    }

    private Answer write(Call call) {
        if (!call.has(3)) {
            return Text.error("Missing output size.");
        }
        int size = Math.clamp(Whole.leading(call.word(3)), 0, MOST_WRITTEN);
        StringBuilder out = new StringBuilder(size);
        for (int i = 1; i <= size; i++) {
            out.append(i > 1 && i % LINE == 1 ? '\n' : '.');
        }
        return Text.dump(out);
    }
}
