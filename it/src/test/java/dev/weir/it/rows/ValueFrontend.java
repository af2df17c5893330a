package dev.weir.it.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A frontend or listen section of a file of values: its lines, and behind them the rules that ask. */
final class ValueFrontend {

    private final String name;
    private final Set<String> options;
    private final List<String> lines = new ArrayList<>();
    private final List<ValueStep> steps = new ArrayList<>();

    ValueFrontend(String name, Set<String> options) {
        this.name = name;
        this.options = options;
    }

    String name() {
        return name;
    }

    String port() {
        return "p_" + name;
    }

    boolean answersHttp() {
        return !options.contains("tcp");
    }

    List<String> lines() {
        return lines;
    }

    List<ValueStep> steps() {
        return steps;
    }

    /** Adds its lines to a file; {@code asked} gets the row of each line that asks, null for the others. */
    void write(List<String> file, List<ValueRow> asked, Set<ValueRow> refused) {
        List<String> own = new ArrayList<>();
        own.add((options.contains("listen") ? "listen " : "frontend ") + name);
        if (!options.contains("unbound")) {
            own.add("    bind :{port:" + port() + "}" + bindWords());
        }
        if (!answersHttp()) {
            own.add("    mode tcp");
        }
        if (options.contains("listen")) {
            own.add("    server s 127.0.0.1:{port:origin}");
        } else if (lines.stream().noneMatch(l -> l.strip().startsWith("default_backend"))) {
            own.add("    default_backend " + (answersHttp() ? "mirror" : "echo"));
        }
        boolean isWritten = false;
        for (String line : lines) {
            if (line.strip().equals("@")) {
                questions(file, asked, own, refused);
                isWritten = true;
            } else {
                own.add(line);
            }
        }
        if (!isWritten) {
            questions(file, asked, own, refused);
        }
        output(own, refused);
        flush(file, asked, own);
    }

    private String bindWords() {
        for (String option : options) {
            if (option.startsWith("bind=")) {
                return " " + option.substring(5).replace('~', ' ');
            }
        }
        return "";
    }

    private static void flush(List<String> file, List<ValueRow> asked, List<String> own) {
        for (String line : own) {
            file.add(line);
            asked.add(null);
        }
        own.clear();
    }

    private void questions(List<String> file, List<ValueRow> asked, List<String> own, Set<ValueRow> refused) {
        flush(file, asked, own);
        for (ValueStep step : steps) {
            for (ValueRow row : step.rows()) {
                if (!row.isInFormat()) {
                    String rule = "    " + rule(row) + " " + row.word() + step.condition();
                    file.add(refused.contains(row) ? "#" : rule);
                    asked.add(row);
                }
            }
        }
    }

    private String rule(ValueRow row) {
        String variable = " set-var(" + scope(row.place()) + "." + row.name() + ")";
        return switch (row.place()) {
            case "request" -> "http-request" + variable;
            case "response" -> "http-response" + variable;
            case "after" -> "http-after-response" + variable;
            case "answer" -> "tcp-response content" + variable;
            default -> "tcp-request " + row.place() + variable;
        };
    }

    private String scope(String place) {
        return place.equals("session") || place.equals("connection") || !answersHttp() ? "sess" : "txn";
    }

    private void output(List<String> own, Set<ValueRow> refused) {
        StringBuilder format = new StringBuilder();
        StringBuilder ofErrors = new StringBuilder();
        for (ValueStep step : steps) {
            for (ValueRow row : step.rows()) {
                if (refused.contains(row)) {
                    continue;
                }
                String variable = "var(" + scope(row.place()) + "." + row.name() + ")";
                if (row.isInFormat()) {
                    (row.place().equals("log") ? format : ofErrors).append(row.name()).append("=%[").append(row.word())
                            .append(",concat(.)]|");
                } else if (!answersHttp()) {
                    format.append(row.name()).append("=%[").append(variable).append(",concat(.)]|");
                } else {
                    own.add("    http-after-response set-header " + row.name() + " %[" + variable + "]"
                            + (step.condition().isEmpty() ? " if" : step.condition()) + " { " + variable + " -m found }");
                }
            }
        }
        if (!format.isEmpty() || !ofErrors.isEmpty()) {
            own.add("    log 127.0.0.1:{port:syslog} len 60000 local0");
        }
        // the size is known at the end only, so that the line is not written before
        log(own, "log-format %B|", format);
        log(own, "error-log-format |", ofErrors);
    }

    private static void log(List<String> own, String before, StringBuilder format) {
        if (!format.isEmpty()) {
            own.add("    " + before + "%[dst]|%[fc_dst]|" + format);
        }
    }
}
