package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.net.loop.Stints;
import dev.weir.net.loop.Worker;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What developers look at: where processor time and memory go, what threads do, what the process runs on. The texts are
 * this product's own, as HAProxy's are of its insides. What is shown of threads and memory the JVM counts anyway;
 * profiling of tasks is what exchanges cost, {@link Stints}.
 */
final class ProfilingCommands {

    private static final int VALUE = 14;
    private static final Set<String> TASK_WORDS = Set.of("auto", "on", "off", "lock", "no-lock", "memory", "no-memory");

    private final Site site;
    private String memory = "off";

    private ProfilingCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        ProfilingCommands own = new ProfilingCommands(site);
        table.add(new Command("set profiling", Level.ADMIN, "set profiling <what> {auto|on|off}",
                "enable/disable resource profiling (tasks,memory)", own::set));
        table.add(new Command("show profiling", Level.ADMIN, "show profiling [<what>|<#lines>|<opts>]*",
                "show profiling state (all,status,tasks,memory)", own::show));
        table.add(new Command("show tasks", Level.USER, "show tasks", "show running tasks", call -> own.showTasks()));
        table.add(new Command("show dev", Level.USER, "show dev", "show debug info for developers", call -> DevText.of(site, call)));
    }

    private Answer set(Call call) {
        String word = call.word(3);
        if (call.word(2).equals("memory")) {
            if (!word.equals("on") && !word.equals("off")) {
                return Text.error("Expects either 'on' or 'off'.");
            }
            memory = word;
        } else if (call.word(2).equals("tasks")) {
            if (!TASK_WORDS.contains(word)) {
                return Text.error("Expects 'on', 'auto', or 'off'.");
            }
            if (word.equals("auto") || word.equals("on") || word.equals("off")) {
                Stints.mode(Stints.Mode.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        } else {
            return Text.error("Expects either 'tasks' or 'memory'.");
        }
        return Text.NOTHING;
    }

    private Answer show(Call call) {
        boolean status = false;
        boolean withTasks = false;
        boolean withMemory = false;
        boolean chosen = false;
        int lines = Integer.MAX_VALUE;
        for (String word : call.words().subList(2, call.words().size())) {
            switch (word) {
                case "status" -> status = true;
                case "tasks" -> withTasks = true;
                case "memory" -> withMemory = true;
                case "all" -> {
                    status = true;
                    withTasks = true;
                    withMemory = true;
                }
                case "byaddr", "bytime", "byctx", "aggr" -> { }
                default -> {
                    if (!Whole.is(word) || Whole.leading(word) < 0) {
                        return Text.error("Expects either 'all', 'status', 'tasks', 'memory', 'byaddr', 'bytime', 'aggr' or a max "
                                + "number of output lines.");
                    }
                    lines = Whole.leading(word);
                }
            }
            chosen |= Set.of("status", "tasks", "memory", "all").contains(word);
        }
        StringBuilder out = new StringBuilder();
        if (status || !chosen) {
            pad(out.append("Per-task CPU profiling              : "), tasks(), VALUE);
            out.append("# set profiling tasks {on|auto|off}\n");
            pad(out.append("Memory usage profiling              : "), memory, VALUE);
            out.append("# set profiling memory {on|off}\n");
        }
        if (withTasks || !chosen) {
            out.append("Tasks activity:\n  thread                    cpu_tot  cpu_pct   conns\n");
            threads(out, lines);
        }
        if (withMemory || !chosen) {
            out.append("Memory pools:\n  pool                                       used    committed\n");
            pools(out, lines);
        }
        return Text.dump(out);
    }

    private static String tasks() {
        return switch (Stints.mode()) {
            case ON -> "on";
            case OFF -> "off";
            case AUTO -> Stints.isAnyoneSlow() ? "auto-on" : "auto-off";
        };
    }

    private void threads(StringBuilder out, int lines) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long uptimeNs = Math.max(1, (site.nowMs() - site.story().startedMs()) * 1_000_000);
        int left = lines;
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && left-- > 0) {
                long ns = threads.getThreadCpuTime(info.getThreadId());
                pad(out.append("  "), info.getThreadName(), 22);
                number(out, ns / 1_000_000, 8).append("ms");
                number(out, Math.max(0, ns) * 100 / uptimeNs, 8).append('%');
                number(out, connections(info.getThreadName()), 8).append('\n');
            }
        }
    }

    private int connections(String thread) {
        for (Worker worker : site.runtime().workers()) {
            if (thread.equals("weir-" + (worker.index() + 1))) {
                return worker.load().get();
            }
        }
        return 0;
    }

    private static void pools(StringBuilder out, int lines) {
        int left = lines;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getUsage();
            if (usage != null && left-- > 0) {
                pad(out.append("  "), pool.getName(), 34);
                number(number(out, usage.getUsed(), 13), usage.getCommitted(), 13).append('\n');
            }
        }
    }

    private Answer showTasks() {
        int running = 0;
        StringBuilder out = new StringBuilder();
        for (Worker worker : site.runtime().everyone()) {
            int own = worker.load().get();
            running += own;
            pad(out.append("  "), worker == site.runtime().conductor() ? "weir-conductor" : "weir-" + (worker.index() + 1), 24);
            number(out, own, 8).append('\n');
        }
        return Text.dump("Running tasks: " + running + " (" + site.runtime().everyone().size()
                + " threads)\n  thread                     conns\n" + out);
    }

    private static void pad(StringBuilder out, String text, int width) {
        out.append(text).append(" ".repeat(Math.max(0, width - text.length())));
    }

    private static StringBuilder number(StringBuilder out, long value, int width) {
        String digits = Long.toString(value);
        return out.append(" ".repeat(Math.max(0, width - digits.length()))).append(digits);
    }
}
