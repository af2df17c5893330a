package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.net.loop.Worker;
import java.util.List;
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
        table.add(new Command("show fd", Level.OPERATOR, "show fd [-!plcfbs]* [num]",
                "dump list of file descriptors in use or a specific one", Descriptors::show));
    }

    private Answer activity(Call call) {
        List<Worker> workers = site.runtime().workers();
        Activity done = site.pulse().activity();
        int only = call.has(2) ? Whole.leading(call.word(2)) : -1;
        if (only > workers.size()) {
            return Text.error("No such thread.");
        }
        long micros = site.runtime().conductor().wallMicros();
        StringBuilder out = new StringBuilder("thread_id: 1 (1..").append(workers.size()).append(")\ndate_now: ")
                .append(micros / 1_000_000).append('.').append(Long.toString(1_000_000 + micros % 1_000_000), 1, 7)
                .append("\nuptime_now: ").append((site.nowMs() - site.story().startedMs()) / 1000).append(".000000\n");
        for (String name : NAMES) {
            Activity.Deed deed = Activity.Deed.named(name);
            row(out, name, only, deed == null ? each -> 0 : done.of(deed));
        }
        row(out, "curr_conn", only, each -> each.load().get());
        row(out, "sessions", only, done.of(Activity.Deed.SESSIONS));
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
}
