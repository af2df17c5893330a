package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.base.log.LogRing;
import dev.weir.base.log.RingSpec;
import dev.weir.base.log.TraceSource;
import dev.weir.config.compile.GlobalSpec;
import java.util.List;

/** {@code trace} and {@code show trace}: sources tell rings of their events. */
final class TraceCommands {

    private static final String SOURCES = "Supported trace sources and states (.=stopped, w=waiting, R=running) :\n";
    private static final String COMMANDS = """
            Supported commands:
              event     : list/enable/disable source-specific event reporting
              level     : list/set trace reporting level
              lock      : automatic lock on thread/connection/stream/...
              pause     : pause and automatically restart after a specific event
              sink      : list/set event sinks
              start     : start immediately or after a specific event
              stop      : stop immediately or after a specific event
              verbosity : list/set trace output verbosity
            """;
    private static final List<String> LEVELS = List.of("error", "user", "proto", "state", "data", "developer");
    private static final List<String> VERBOSITIES = List.of("quiet", "clean", "minimal", "simple", "advanced", "complete");

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

    private static TraceSource source(String name) {
        for (TraceSource source : TraceSource.ALL) {
            if (source.name().equals(name)) {
                return source;
            }
        }
        return null;
    }

    private static Answer show(Call call) {
        if (!call.has(2)) {
            return listed(true);
        }
        TraceSource source = source(call.word(2));
        if (source == null) {
            return Text.tightError("No such trace source");
        }
        StringBuilder out = new StringBuilder("Trace status for ").append(source.name()).append(":\n  - sink: ")
                .append(source.sinkName()).append(" [").append(source.dropped())
                .append(" dropped]\n  - event name   :     report    start    stop    pause\n");
        for (int i = 0; i < source.events().size(); i++) {
            pad(out.append("    "), source.events().get(i).name(), 13);
            out.append(":        ").append(source.reports(i) ? '+' : '-').append("        -        -       -\n");
        }
        return Text.dump(out);
    }

    private static Answer listed(boolean withSinks) {
        StringBuilder out = new StringBuilder(SOURCES);
        if (!withSinks) {
            out.append(" [.] 0          : not a source, will immediately stop all traces\n");
        }
        for (TraceSource source : TraceSource.ALL) {
            pad(out.append(" [").append(source.isRunning() ? 'R' : '.').append("] "), source.name(), 11);
            if (withSinks) {
                out.append("-> ").append(source.sinkName()).append(" [drp ").append(source.dropped()).append("]  [")
                        .append(source.purpose()).append("]\n");
            } else {
                out.append(": ").append(source.purpose()).append('\n');
            }
        }
        return Text.dump(out);
    }

    private Answer trace(Call call) {
        if (!call.has(1)) {
            return listed(false);
        }
        if (call.word(1).equals("0")) {
            TraceSource.ALL.forEach(each -> each.run(false));
            return Text.tightInfo("All traces now stopped");
        }
        TraceSource source = source(call.word(1));
        if (source == null) {
            return Text.tightError("No such trace source");
        }
        String value = call.word(3);
        return switch (call.word(2)) {
            case "" -> Text.dump(COMMANDS);
            case "sink" -> value.isEmpty() ? sinks(source) : sink(source, value);
            case "level" -> chosen("trace levels", source, LEVELS, value, "developer", "No such trace level");
            case "verbosity" -> chosen("trace verbosities", source, VERBOSITIES, value, "minimal", "No such trace verbosity");
            case "event" -> value.isEmpty() ? events(source, false) : event(source, value);
            case "start", "stop", "pause" -> value.isEmpty() ? events(source, true) : run(source, call.word(2), value);
            case "lock" -> value.isEmpty() || value.equals("nothing")
                    ? Text.dump(value.isEmpty() ? "Supported lock-on criteria for source " + source.name()
                            + ":\n  * nothing    : do not lock on anything\n" : "")
                    : Text.tightError("Unsupported lock-on criterion");
            default -> Text.tightError("Unknown trace keyword");
        };
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
        LogRing ring = name.equals("buf0") ? TraceSource.buffer() : site.rings().apply(name);
        if (ring == null && !name.equals("none")) {
            return Text.tightError("No such sink");
        }
        source.sink(name, ring);
        return Text.NOTHING;
    }

    /** Events tell what they have whatever is chosen: it is taken so that scripts go on. */
    private static Answer chosen(String what, TraceSource source, List<String> all, String value, String current,
            String wrong) {
        if (!value.isEmpty()) {
            return all.contains(value) ? Text.NOTHING : Text.tightError(wrong);
        }
        StringBuilder out = new StringBuilder("Supported ").append(what).append(" for source ").append(source.name())
                .append(":\n");
        for (String each : all) {
            pad(out.append(each.equals(current) ? "  * " : "    "), each, 11);
            out.append(": \n");
        }
        return Text.dump(out.toString().replace(": \n", "\n"));
    }

    private static Answer events(TraceSource source, boolean starting) {
        StringBuilder out = new StringBuilder("Supported events for source ").append(source.name())
                .append(" (+=enabled, -=disabled):\n");
        if (starting) {
            out.append("  - now          : don't wait for events, immediately change the state\n");
        }
        out.append("  - none         : disable all event types\n  - any          : enable all event types\n");
        for (int i = 0; i < source.events().size(); i++) {
            pad(out.append(!starting && source.reports(i) ? "  + " : "  - "), source.events().get(i).name(), 13);
            out.append(": ").append(source.events().get(i).meaning()).append('\n');
        }
        return Text.dump(out);
    }

    private static Answer event(TraceSource source, String value) {
        boolean on = !value.startsWith("-");
        String name = value.startsWith("+") || value.startsWith("-") ? value.substring(1) : value;
        if (name.equals("any") || name.equals("none")) {
            source.report(-1, on == name.equals("any"));
            return Text.NOTHING;
        }
        for (int i = 0; i < source.events().size(); i++) {
            if (source.events().get(i).name().equals(name)) {
                source.report(i, on);
                return Text.NOTHING;
            }
        }
        return Text.tightError("No such trace event");
    }

    private static Answer run(TraceSource source, String what, String value) {
        if (!value.equals("now")) {
            return Text.tightError(source.events().stream().anyMatch(each -> each.name().equals(value))
                    ? "Only 'now' is supported." : "No such trace event");
        }
        if (what.equals("start") && source.events().isEmpty()) {
            return Text.tightError("This source has no events.");
        }
        source.run(what.equals("start"));
        return Text.NOTHING;
    }

    private static void pad(StringBuilder out, String text, int width) {
        out.append(text).append(" ".repeat(Math.max(0, width - text.length())));
    }
}
