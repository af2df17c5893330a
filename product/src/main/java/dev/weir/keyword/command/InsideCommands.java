package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.model.proxy.Totals;
import dev.weir.net.loop.Worker;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Commands that show the inside of the process: threads, what they have done, descriptors. HAProxy promises no format. */
final class InsideCommands {

    /** What HAProxy counts, in its order. What a thread here does not do is 0: tasks of its scheduler, pools, queues. */
    private static final List<String> NAMES = List.of("ctxsw", "tasksw", "empty_rq", "long_rq", "curr_rq", "loops",
            "wake_tasks", "wake_signal", "poll_io", "poll_exp", "poll_drop_fd", "poll_skip_fd", "conn_dead", "stream_calls",
            "pool_fail", "buf_wait", "cpust_ms_tot", "cpust_ms_1s", "cpust_ms_15s", "avg_cpu_pct", "avg_loop_us",
            "accepted", "accq_pushed", "accq_full", "accq_ring", "fd_takeover", "check_adopted", "check_started",
            "check_active", "check_running");

    private final Site site;

    private InsideCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        InsideCommands own = new InsideCommands(site);
        table.add(new Command("show activity", Level.OPERATOR, "show activity [-1|0|thread_num]",
                "show per-thread activity stats (for support/developers)", own::activity));
        table.add(new Command("show threads", Level.USER, "show threads", "show some threads debugging information",
                call -> own.threads()));
        table.add(new Command("show fd", Level.OPERATOR, "show fd [num]",
                "dump list of file descriptors in use or a specific one", InsideCommands::descriptors));
    }

    private Answer activity(Call call) {
        List<Worker> workers = site.runtime().workers();
        Totals totals = site.runtime().totals();
        int only = call.has(2) ? Whole.leading(call.word(2)) : -1;
        if (only > workers.size()) {
            return Text.error("No such thread.");
        }
        long micros = site.runtime().conductor().wallMicros();
        StringBuilder out = new StringBuilder("thread_id: 1 (1..").append(workers.size()).append(")\ndate_now: ")
                .append(micros / 1_000_000).append('.').append(Long.toString(1_000_000 + micros % 1_000_000), 1, 7)
                .append("\nuptime_now: ").append((site.nowMs() - site.story().startedMs()) / 1000).append(".000000\n");
        for (String name : NAMES) {
            row(out, name, only, switch (name) {
                case "loops" -> Worker::turns;
                case "poll_io" -> Worker::events;
                case "accepted" -> each -> totals.counts().cell(each.index()).value(Totals.Total.CONNECTIONS.ordinal());
                case "stream_calls" -> each -> totals.counts().cell(each.index()).value(Totals.Total.SESSIONS.ordinal());
                default -> each -> 0;
            });
        }
        row(out, "curr_conn", only, each -> each.load().get());
        row(out, "sessions", only,
                each -> totals.counts().cell(each.index()).value(Totals.Total.SESSIONS.ordinal()));
        row(out, "timers", only, Worker::timers);
        return Text.dump(out);
    }

    /** The sum, then each thread's part where there are several; of one thread alone when it is asked for. */
    private void row(StringBuilder out, String name, int only, ToLongFunction<Worker> value) {
        List<Worker> workers = site.runtime().workers();
        long sum = 0;
        StringBuilder parts = new StringBuilder();
        for (Worker worker : workers) {
            long each = value.applyAsLong(worker);
            sum += each;
            parts.append(each).append(' ');
        }
        out.append(name).append(": ");
        if (only > 0) {
            out.append(value.applyAsLong(workers.get(only - 1)));
        } else {
            out.append(sum);
            if (only < 0 && workers.size() > 1) {
                out.append(" [ ").append(parts).append(']');
            }
        }
        out.append('\n');
    }

    private Answer threads() {
        StringBuilder out = new StringBuilder();
        for (Worker worker : site.runtime().everyone()) {
            out.append(worker == site.runtime().conductor() ? "* " : "  ").append("Thread ").append(worker.index() + 1)
                    .append(" : id=0x").append(Integer.toHexString(System.identityHashCode(worker))).append(" act=")
                    .append(worker.load().get() > 0 ? 1 : 0).append(" glob=0 wq=0 rq=0 tl=0 tlsz=0 rqsz=0\n")
                    .append("             stuck=0 prof=0 harmless=").append(worker.load().get() > 0 ? 0 : 1)
                    .append(" wantrdv=0\n             conns=").append(worker.load().get()).append('\n');
        }
        return Text.dump(out);
    }

    private static Answer descriptors(Call call) {
        TreeMap<Integer, String> open = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : all) {
                open.put(Whole.leading(each.getFileName().toString()), target(each));
            }
        } catch (IOException e) {
            return Text.error("Cannot read /proc/self/fd.");
        }
        String wanted = call.word(2).substring(call.word(2).indexOf('/') + 1);
        int only = wanted.isEmpty() ? -1 : Whole.leading(wanted);
        StringBuilder out = new StringBuilder();
        open.forEach((number, target) -> {
            if (only < 0 || only == number) {
                out.append(" ".repeat(Math.max(0, 7 - Integer.toString(number).length()))).append(number).append(" : ")
                        .append(target).append('\n');
            }
        });
        return Text.dump(out);
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed";
        }
    }
}
