package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Terminal;
import dev.weir.admin.cli.Text;
import dev.weir.base.log.LogLine;
import dev.weir.base.log.LogRing;
import dev.weir.base.log.RingSpec;
import dev.weir.base.log.TraceSources;
import dev.weir.base.time.Timer;
import dev.weir.config.compile.GlobalSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code show events}: the rings, what is in one, and what comes to it from now on. */
final class EventCommands {

    private final Site site;

    private EventCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        table.add(new Command("show events", Level.OPERATOR, "show events [<sink>] [-w] [-n] [-0]",
                "show event sink state", new EventCommands(site)::show));
    }

    private Answer show(Call call) {
        if (!call.has(2)) {
            return list();
        }
        LogRing ring = call.word(2).equals("buf0") ? TraceSources.buffer() : site.rings().apply(call.word(2));
        if (ring == null) {
            return Text.tightError("No such event sink");
        }
        boolean waits = false;
        boolean fresh = false;
        char end = '\n';
        for (String word : call.words().subList(3, call.words().size())) {
            if (!word.startsWith("-")) {
                return Text.error("unknown option");
            }
            waits |= word.indexOf('w') > 0;
            fresh |= word.indexOf('n') > 0;
            end = word.indexOf('0') > 0 ? '\0' : end;
        }
        return new Events(site, call.terminal(), ring, waits, fresh, end);
    }

    private Answer list() {
        StringBuilder out = new StringBuilder("Supported events sinks are listed below. Add -0(zero), -w(wait), -n(new). "
                + "Any key to stop.\n");
        row(out, "stdout", "fd", "standard output (fd#1)");
        row(out, "stderr", "fd", "standard output (fd#2)");
        row(out, "buf0", "buffer", "in-memory ring buffer");
        for (RingSpec ring : site.now().configuration().global().get(GlobalSpec.RINGS)) {
            String description = ring.settings().get(RingSpec.DESCRIPTION);
            row(out, ring.name(), "buffer", description == null ? ring.name() : description);
        }
        return Text.dump(out);
    }

    private static void row(StringBuilder out, String name, String type, String description) {
        out.append("    ").append(name).append(" ".repeat(Math.max(0, 10 - name.length()))).append(" : type=")
                .append(type).append(", 0 dropped, ").append(description).append('\n');
    }

    /** What is in a ring, and what comes to it until the client has had enough. */
    private static final class Events extends Timer implements Answer {

        private static final int LOOK_EVERY_MS = 100;

        private final Site site;
        private final Terminal terminal;
        private final LogRing ring;
        private final boolean waits;
        private final char end;
        private final LogLine line = new LogLine();
        private long position;
        private boolean stopped;

        Events(Site site, Terminal terminal, LogRing ring, boolean waits, boolean fresh, char end) {
            this.site = site;
            this.terminal = terminal;
            this.ring = ring;
            this.waits = waits;
            this.end = end;
            if (fresh) {
                for (long next = ring.read(0, line); next >= 0; next = ring.read(next, line)) {
                    position = next;
                }
            }
        }

        @Override
        public Progress write(StringBuilder out, int atLeast) {
            while (out.length() < atLeast && !stopped) {
                long next = ring.read(position, line);
                if (next < 0) {
                    if (!waits) {
                        return Progress.DONE;
                    }
                    site.runtime().conductor().arm(this, LOOK_EVERY_MS);
                    return Progress.WAITING;
                }
                position = next;
                out.append(new String(line.array(), 0, line.length(), StandardCharsets.UTF_8)).append(end);
            }
            return stopped ? Progress.DONE : Progress.MORE;
        }

        @Override
        protected void fire(long nowMs) {
            terminal.resume();
        }

        @Override
        public void interrupted() {
            stopped = waits;
            site.runtime().conductor().remove(this);
        }

        @Override
        public void abandoned() {
            site.runtime().conductor().remove(this);
        }
    }
}
