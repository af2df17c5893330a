package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.base.log.LogRing;
import dev.weir.base.log.RingSpec;
import dev.weir.base.log.TraceLevel;
import dev.weir.base.log.TraceLock;
import dev.weir.base.log.TraceSource;
import dev.weir.base.log.TraceSources;
import dev.weir.config.compile.GlobalSpec;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code trace} and {@code show trace}: sources tell rings of their events. */
final class TraceCommands {

    private static final String SOURCES = "Supported trace sources and states (.=stopped, w=waiting, R=running) :\n";
    private static final String COMMANDS = """
            Supported commands:
              event     : list/enable/disable source-specific event reporting
              follow    : follow another source's locked element
              level     : list/set trace reporting level
              lock      : automatic lock on thread/connection/stream/...
              pause     : pause and automatically restart after a specific event
              sink      : list/set event sinks
              start     : start immediately or after a specific event
              stop      : stop immediately or after a specific event
              verbosity : list/set trace output verbosity
            """;
    private static final List<String[]> VERBOSITIES = List.of(
            new String[] {"quiet", "only report basic information with no decoding"},
            new String[] {"clean", "only user-friendly stuff, generally suitable for level \"user\""},
            new String[] {"minimal", "report only state and flags, no real decoding"},
            new String[] {"simple", "add request/response status line when available"},
            new String[] {"advanced", "add header fields or frame decoding when available"},
            new String[] {"complete", "add full data dump when available"});

    /** What {@code all} takes. */
    private static final Set<String> COMMON = Set.of("follow", "level", "sink");

    private final Site site;

    private TraceCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        TraceCommands own = new TraceCommands(site);
        table.add(new Command("trace", Level.OPERATOR, "trace [<module>|0] [cmd [args...]]",
                "manage live tracing (empty to list, 0 to stop all)", own::trace));
        table.add(new Command("show trace", Level.OPERATOR, "show trace [<module>]", "show live tracing state",
                TraceCommands::show));
    }

    private static Answer show(Call call) {
        if (!call.has(2)) {
            return listed(true);
        }
        TraceSource source = TraceSources.named(call.word(2));
        if (source == null) {
            return Text.tightError("No such trace source");
        }
        StringBuilder out = new StringBuilder("Trace status for ").append(source.name()).append(":\n  - sink: ")
                .append(source.sinkName()).append(" [").append(source.dropped())
                .append(" dropped]\n  - event name   :     report    start    stop    pause\n");
        for (int i = 0; i < source.events().size(); i++) {
            pad(out.append("    "), source.events().get(i).name(), 13);
            out.append(":        ").append(mark(source, TraceSource.Role.REPORT, i)).append("        ")
                    .append(mark(source, TraceSource.Role.START, i)).append("        ")
                    .append(mark(source, TraceSource.Role.STOP, i)).append("       ")
                    .append(mark(source, TraceSource.Role.PAUSE, i)).append('\n');
        }
        return Text.dump(out);
    }

    private static Answer listed(boolean withSinks) {
        StringBuilder out = new StringBuilder(SOURCES);
        if (!withSinks) {
            out.append(" [.] 0          : not a source, will immediately stop all traces\n");
        }
        for (TraceSource source : TraceSources.ALL) {
            pad(out.append(" [").append(source.state().mark()).append("] "), source.name(), 11);
            if (withSinks) {
                out.append("-> ").append(source.sinkName()).append(" [drp ").append(source.dropped()).append("]  [")
                        .append(source.purpose()).append("]\n");
            } else {
                out.append(": ").append(source.purpose()).append('\n');
            }
        }
        return Text.dump(out);
    }

    private static char mark(TraceSource source, TraceSource.Role role, int event) {
        return source.isChosen(role, event) ? '+' : '-';
    }

    private Answer trace(Call call) {
        if (!call.has(1)) {
            return listed(false);
        }
        if (call.word(1).equals("0")) {
            TraceSources.ALL.forEach(each -> each.run(TraceSource.State.STOPPED));
            return Text.tightInfo("All traces now stopped");
        }
        boolean all = call.word(1).equals("all");
        TraceSource source = TraceSources.named(call.word(1));
        if (source == null && !all) {
            return Text.tightError("No such trace source");
        }
        if (!call.has(2)) {
            return Text.dump(COMMANDS);
        }
        Answer answer = Text.NOTHING;
        for (int i = 2; call.has(i) && answer == Text.NOTHING; i += 2) {
            answer = all ? everywhere(call.word(i), call.word(i + 1)) : one(source, call.word(i), call.word(i + 1));
        }
        return answer;
    }

    /** What can be said of all sources at once. */
    private Answer everywhere(String what, String value) {
        if (!COMMON.contains(what)) {
            return Text.tightError("Unknown trace keyword");
        }
        for (TraceSource each : TraceSources.ALL) {
            Answer answer = one(each, what, value);
            if (answer != Text.NOTHING) {
                return answer;
            }
        }
        return Text.NOTHING;
    }

    private Answer one(TraceSource source, String what, String value) {
        return switch (what) {
            case "sink" -> value.isEmpty() ? sinks(source) : sink(source, value);
            case "level" -> value.isEmpty() ? levels(source) : level(source, value);
            case "verbosity" -> value.isEmpty() ? verbosities(source) : verbosity(source, value);
            case "event" -> choose(source, TraceSource.Role.REPORT, value);
            case "start" -> choose(source, TraceSource.Role.START, value);
            case "stop" -> choose(source, TraceSource.Role.STOP, value);
            case "pause" -> choose(source, TraceSource.Role.PAUSE, value);
            case "lock" -> value.isEmpty() ? locks(source) : lock(source, value);
            case "follow" -> follow(source, value);
            default -> Text.tightError("Unknown trace keyword");
        };
    }

    private static Answer follow(TraceSource source, String value) {
        TraceSource other = TraceSources.named(value);
        if (other == null && !value.equals("none")) {
            return Text.tightError("No such trace source");
        }
        source.follow(other == source ? null : other);
        return Text.NOTHING;
    }

    private Answer sinks(TraceSource source) {
        StringBuilder out = new StringBuilder("Supported sinks for source ").append(source.name()).append(" (*=current):\n");
        sink(out, source, "none", "no sink");
        sink(out, source, "buf0", "in-memory ring buffer");
        for (RingSpec ring : site.now().configuration().global().get(GlobalSpec.RINGS)) {
            String description = ring.settings().get(RingSpec.DESCRIPTION);
            sink(out, source, ring.name(), description == null ? ring.name() : description);
        }
        return Text.dump(out);
    }

    private static void sink(StringBuilder out, TraceSource source, String name, String description) {
        pad(out.append(source.sinkName().equals(name) ? "  * " : "    "), name, 11);
        out.append(": ").append(description).append('\n');
    }

    private Answer sink(TraceSource source, String name) {
        LogRing ring = name.equals("buf0") ? TraceSources.buffer() : site.rings().apply(name);
        if (ring == null && !name.equals("none")) {
            return Text.tightError("No such sink");
        }
        source.sink(name, ring);
        return Text.NOTHING;
    }

    private static Answer levels(TraceSource source) {
        StringBuilder out = new StringBuilder("Supported trace levels for source ").append(source.name()).append(":\n");
        for (TraceLevel each : TraceLevel.values()) {
            row(out, each == source.level(), word(each), each.meaning());
        }
        return Text.dump(out);
    }

    private static Answer level(TraceSource source, String value) {
        for (TraceLevel each : TraceLevel.values()) {
            if (word(each).equals(value)) {
                source.level(each);
                return Text.NOTHING;
            }
        }
        return Text.tightError("No such trace level");
    }

    private static Answer verbosities(TraceSource source) {
        StringBuilder out = new StringBuilder("Supported trace verbosities for source ").append(source.name())
                .append(":\n");
        for (int i = 0; i < VERBOSITIES.size(); i++) {
            row(out, i == source.verbosity(), VERBOSITIES.get(i)[0], VERBOSITIES.get(i)[1]);
        }
        return Text.dump(out);
    }

    private static Answer verbosity(TraceSource source, String value) {
        for (int i = 0; i < VERBOSITIES.size(); i++) {
            if (VERBOSITIES.get(i)[0].equals(value)) {
                source.verbosity(i);
                return Text.NOTHING;
            }
        }
        return Text.tightError("No such verbosity level");
    }

    private static Answer locks(TraceSource source) {
        StringBuilder out = new StringBuilder("Supported lock-on criteria for source ").append(source.name())
                .append(":\n");
        for (TraceLock each : source.locks()) {
            row(out, each == source.lockedOn(), word(each), each == TraceLock.NOTHING ? "do not lock on anything"
                    : "lock on the " + word(each) + " that started the trace");
        }
        return Text.dump(out);
    }

    private static Answer lock(TraceSource source, String value) {
        for (TraceLock each : source.locks()) {
            if (word(each).equals(value)) {
                source.lockOn(each);
                return Text.NOTHING;
            }
        }
        return Text.tightError("Unsupported lock-on criterion");
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Answer events(TraceSource source, TraceSource.Role role) {
        StringBuilder out = new StringBuilder("Supported events for source ").append(source.name())
                .append(" (+=enabled, -=disabled):\n");
        if (role != TraceSource.Role.REPORT) {
            out.append("  - now          : don't wait for events, immediately change the state\n");
        }
        out.append("  - none         : disable all event types\n  - any          : enable all event types\n");
        for (int i = 0; i < source.events().size(); i++) {
            pad(out.append("  ").append(mark(source, role, i)).append(' '), source.events().get(i).name(), 13);
            out.append(": ").append(source.events().get(i).meaning()).append('\n');
        }
        return Text.dump(out);
    }

    private static Answer choose(TraceSource source, TraceSource.Role role, String value) {
        if (value.isEmpty()) {
            return events(source, role);
        }
        if (value.equals("now") && role != TraceSource.Role.REPORT) {
            return now(source, role);
        }
        boolean off = value.startsWith("-") || value.startsWith("!");
        String name = off || value.startsWith("+") ? value.substring(1) : value;
        if (name.equals("any") || name.equals("none")) {
            source.choose(role, -1, off != name.equals("any"));
            return Text.NOTHING;
        }
        for (int i = 0; i < source.events().size(); i++) {
            if (source.events().get(i).name().equals(name)) {
                source.choose(role, i, !off);
                return Text.NOTHING;
            }
        }
        return Text.tightError("No such trace event");
    }

    private static Answer now(TraceSource source, TraceSource.Role role) {
        if (role == TraceSource.Role.START && source.events().isEmpty()) {
            return Text.tightError("This source has no events.");
        }
        source.run(role == TraceSource.Role.START ? TraceSource.State.RUNNING
                : role == TraceSource.Role.STOP ? TraceSource.State.STOPPED : TraceSource.State.WAITING);
        return Text.NOTHING;
    }

    private static void row(StringBuilder out, boolean current, String name, String meaning) {
        pad(out.append(current ? "  * " : "    "), name, 11);
        out.append(": ").append(meaning).append('\n');
    }

    private static void pad(StringBuilder out, String text, int width) {
        out.append(text).append(" ".repeat(Math.max(0, width - text.length())));
    }
}
