package dev.weir.boot;

import dev.weir.admin.cli.Level;
import dev.weir.base.log.LogLine;
import dev.weir.base.log.LogRing;
import dev.weir.base.log.TraceSource;
import dev.weir.base.log.TraceSources;
import dev.weir.base.text.Diagnostic;
import dev.weir.base.text.Phrase;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.Section;
import dev.weir.config.compile.SectionSpec;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Traces from the start of the process on, as {@code -dt} and {@code traces} sections ask for them, and the sinks that are
 * its own outputs. Owned by the Conductor; begun by boot's thread before anything is accepted.
 */
final class Tracing {

    private static final int ROOM = 1 << 18;
    private static final int LINES_AT_ONCE = 1000;
    private static final int EVERY_MS = 20;
    private static final String ALL_ERRORS = "all:error";

    /** An output and what waits for it. */
    private record Outlet(LogRing ring, PrintStream stream) {}

    private final Running running;
    private final Map<String, Outlet> outlets = Map.of("stderr", new Outlet(new LogRing(ROOM, true), System.err),
            "stdout", new Outlet(new LogRing(ROOM, true), System.out));
    private final LogLine line = new LogLine();
    private boolean pumping;

    Tracing(Running running) {
        this.running = running;
    }

    /** The sink of that name, which is emptied from now on; null when it is none of the process's outputs. */
    LogRing sink(String name) {
        Outlet outlet = outlets.get(name);
        if (outlet == null) {
            return null;
        }
        if (!pumping) {
            pumping = true;
            pump();
        }
        return outlet.ring();
    }

    private void pump() {
        outlets.values().forEach(this::empty);
        running.after(EVERY_MS, this::pump);
    }

    /** So many lines, since the Conductor has other things to do; what finds no room in the ring meanwhile is counted. */
    private void empty(Outlet outlet) {
        for (int i = 0; i < LINES_AT_ONCE && outlet.ring().take(line); i++) {
            outlet.stream().write(line.array(), 0, line.length());
            outlet.stream().write('\n');
        }
        outlet.stream().flush();
    }

    /** Whether there is anything to begin. */
    boolean isAsked(String descriptions, Configuration configuration) {
        return descriptions != null || configuration.others().stream().anyMatch(each -> each.kind() == Section.TRACES);
    }

    /** Begins what is asked for; what is wrong with it is said. */
    void begin(String descriptions, Configuration configuration) {
        for (SectionSpec section : configuration.others()) {
            if (section.kind() == Section.TRACES) {
                section.lines().forEach(each -> run(each.words(), each));
            }
        }
        if (descriptions != null) {
            for (String each : (descriptions.isEmpty() ? ALL_ERRORS : descriptions).split(",")) {
                describe(each);
            }
        }
    }

    /** {@code source:level:verbosity}, where all but the first may be left away. */
    private void describe(String description) {
        String[] parts = description.split(":", 3);
        for (TraceSource source : TraceSources.ALL) {
            if (parts[0].isEmpty() || parts[0].equals("all") || parts[0].equals(source.name())) {
                List<String> words = new ArrayList<>(List.of("trace", source.name(), "sink", "stderr", "level",
                        parts.length < 2 || parts[1].isEmpty() ? "error" : parts[1]));
                if (parts.length > 2) {
                    words.addAll(List.of("verbosity", parts[2]));
                }
                words.addAll(List.of("start", "now"));
                run(words, null);
            }
        }
        if (!parts[0].isEmpty() && !parts[0].equals("all") && TraceSources.named(parts[0]) == null) {
            complain(null, "-dt: no such trace source: '" + parts[0] + "'.");
        }
    }

    private void run(List<String> words, Phrase where) {
        running.site().ask(Level.ADMIN, words, "", said -> {
            if (!said.text().isBlank()) {
                complain(where, said.text().strip());
            }
        });
    }

    private void complain(Phrase where, String text) {
        running.console().print(Diagnostic.Level.WARNING, (where == null ? "" : "config : parsing [" + where.place() + "] : ") + text);
    }
}
