package dev.weir.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The results as JSON, raw, and as a page, with medians, spread and ratios. */
final class Report {

    private Report() {}

    static String json(Samples samples, Options options) throws IOException {
        StringBuilder out = new StringBuilder("{\n  \"machine\": {");
        String comma = "";
        for (Map.Entry<String, String> fact : machine(options).entrySet()) {
            out.append(comma).append("\n    ").append(quoted(fact.getKey())).append(": ").append(quoted(fact.getValue()));
            comma = ",";
        }
        out.append("\n  },\n  \"samples\": [");
        comma = "";
        for (var group : samples.all().entrySet()) {
            for (var measure : group.getValue().entrySet()) {
                for (var subject : measure.getValue().entrySet()) {
                    out.append(comma).append("\n    {\"group\": ").append(quoted(group.getKey()))
                            .append(", \"measure\": ").append(quoted(measure.getKey()))
                            .append(", \"subject\": ").append(quoted(subject.getKey()))
                            .append(", \"values\": ").append(subject.getValue()).append('}');
                    comma = ",";
                }
            }
        }
        return out.append("\n  ]\n}\n").toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static String page(Samples samples, Options options) throws IOException {
        StringBuilder out = new StringBuilder("# Performance\n\nWritten by `./scripts/bench`; the raw numbers are in"
                + " bench/results/latest.json. Each proxy has one thread and one processor, load and origin have another.\n"
                + "Medians of " + options.rounds() + " alternating rounds of " + options.seconds() + " s; in brackets half"
                + " the distance between the extremes. The ratio is the first column's median by the second's:\n"
                + "below 1 is less. Times of day and machine differ, ratios of one run are what counts.\n\n");
        machine(options).forEach((key, value) -> out.append("- ").append(key).append(": ").append(value).append('\n'));
        samples.all().forEach((group, measures) -> {
            out.append("\n## ").append(title(group)).append("\n\n");
            if (Plot.has(measures)) {
                out.append("![CPU time](performance/").append(group).append(".svg)\n\n");
            }
            table(out, measures, options);
        });
        return out.toString();
    }

    private static String title(String group) {
        for (Workload workload : Workload.values()) {
            if (workload.id().equals(group)) {
                return workload.title();
            }
        }
        return switch (group) {
            case "idle" -> "Memory";
            case "reload" -> "HTTP/1: small requests, the configuration loaded again every half second";
            case "sizes" -> "Configurations of many backends";
            default -> "Start";
        };
    }

    private static void table(StringBuilder out, Map<String, Map<String, List<Double>>> measures, Options options) {
        List<String> subjects = options.subjects().stream().map(Bench::name).toList();
        out.append("| | ").append(String.join(" | ", subjects)).append(" | ratio |\n|---|")
                .append("---:|".repeat(subjects.size() + 1)).append('\n');
        measures.forEach((measure, bySubject) -> {
            out.append("| ").append(measure);
            if (bySubject.size() == 1 && !subjects.contains(bySubject.keySet().iterator().next())) {
                // what all are compared with: a bare JVM
                out.append(" | ").append(cell(bySubject.values().iterator().next())).append(" |".repeat(subjects.size()))
                        .append(" |\n");
                return;
            }
            for (String subject : subjects) {
                out.append(" | ").append(cell(bySubject.getOrDefault(subject, List.of())));
            }
            out.append(" | ").append(ratio(bySubject, subjects)).append(" |\n");
        });
    }

    private static String ratio(Map<String, List<Double>> bySubject, List<String> subjects) {
        if (subjects.size() < 2 || !bySubject.keySet().containsAll(subjects)) {
            return "";
        }
        double second = Samples.median(bySubject.get(subjects.get(1)));
        return second == 0 ? "" : number(Samples.median(bySubject.get(subjects.get(0))) / second);
    }

    private static String cell(List<Double> values) {
        if (values.isEmpty()) {
            return "";
        }
        String median = number(Samples.median(values));
        return values.size() == 1 ? median : median + " (" + Math.round(Samples.spread(values) * 100) + " %)";
    }

    private static String number(double value) {
        return value >= 100 ? Long.toString(Math.round(value)) : String.format(Locale.ROOT, "%.2f", value);
    }

    private static Map<String, String> machine(Options options) throws IOException {
        Map<String, String> facts = new java.util.LinkedHashMap<>();
        facts.put("date", LocalDate.now().toString());
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("processors", Runtime.getRuntime().availableProcessors() + " usable by the load, model "
                + firstMatch("/proc/cpuinfo", "model name"));
        facts.put("memory", firstMatch("/proc/meminfo", "MemTotal"));
        facts.put("Java", System.getProperty("java.vendor") + " " + System.getProperty("java.version"));
        for (String subject : options.subjects()) {
            facts.put(Bench.name(subject), version(Bench.command(subject)));
        }
        return facts;
    }

    private static String firstMatch(String file, String key) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(key)) {
                return line.substring(line.indexOf(':') + 1).trim();
            }
        }
        return "unknown";
    }

    private static String version(String command) throws IOException {
        Process process = new ProcessBuilder(command, "-v").redirectErrorStream(true).start();
        try (var reader = process.inputReader()) {
            String line = reader.readLine();
            reader.transferTo(java.io.Writer.nullWriter());
            process.waitFor(10, TimeUnit.SECONDS);
            return line == null ? "unknown" : line.replaceFirst("^nginx version: ", "").replaceFirst(" - http.*", "");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
