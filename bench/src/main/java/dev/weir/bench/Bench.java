package dev.weir.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the comparison and writes its results. The scripts pin this process to the second processor. */
public final class Bench {

    /** USER_HZ, fixed in Linux's interface. */
    static final double TICK_US = 10_000;

    private final Options options;
    private final Samples samples = new Samples();
    private final Scene scene = new Scene();

    private Bench(Options options) throws IOException, InterruptedException {
        this.options = options;
    }

    public static void main(String[] words) throws Exception {
        Options options;
        try {
            options = Options.parse(words);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            System.err.print(Options.HELP);
            System.exit(1);
            return;
        }
        new Bench(options).run();
        System.exit(0);
    }

    private void run() throws Exception {
        List<Subject> subjects = new ArrayList<>();
        try {
            for (String subject : options.subjects()) {
                subjects.add(Subject.start(name(subject), command(subject), scene));
            }
            for (Workload workload : Workload.values()) {
                if (options.groups().contains(workload.id())) {
                    compare(workload, subjects.stream().filter(each -> each.serves(workload.way())).toList());
                }
            }
        } finally {
            for (Subject subject : subjects) {
                subject.close();
            }
        }
        if (options.groups().contains("reload")) {
            new Reloads(options, samples, scene).run();
        }
        if (options.groups().contains("sizes")) {
            new Sizes(options, samples, scene).run();
        }
        if (options.groups().contains("idle")) {
            new Idle(options, samples, scene).run();
        }
        if (options.groups().contains("start")) {
            new Starts(options, samples, scene).run();
        }
        write();
    }

    private void write() throws IOException {
        Path out = options.out() == null ? Path.of("bench/results") : options.out();
        Path page = options.out() == null ? Path.of("docs/PERFORMANCE.md") : out.resolve("PERFORMANCE.md");
        Files.createDirectories(out);
        Files.writeString(out.resolve("latest.json"), Report.json(samples, options));
        Files.writeString(page, Report.page(samples, options));
        Plot.write(samples, options, page.resolveSibling("performance"));
        System.err.println("bench: wrote " + out.resolve("latest.json") + " and " + page);
    }

    static String name(String subject) {
        return subject.contains("=") ? subject.substring(0, subject.indexOf('=')) : subject;
    }

    static String command(String subject) {
        return subject.equals("weir") ? Path.of("weir").toAbsolutePath().toString()
                : subject.substring(subject.indexOf('=') + 1);
    }

    /** Alternating rounds after each subject's warm-up, so that what drifts with time falls on all alike. */
    private void compare(Workload workload, List<Subject> subjects) throws Exception {
        List<Drive> loads = new ArrayList<>();
        for (Subject subject : subjects) {
            Drive load = workload.drive(subject.port(workload.way()));
            load.run(TimeUnit.SECONDS.toNanos(options.warmUpSeconds()));
            loads.add(load);
        }
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < loads.size(); i++) {
                // who is first changes from round to round
                int turn = (i + round) % subjects.size();
                measure(workload, subjects.get(turn), loads.get(turn));
            }
        }
    }

    private void measure(Workload workload, Subject subject, Drive load) throws Exception {
        double allocated = subject.allocatedBytes();
        Subject.Cpu before = subject.cpu();
        Drive.Result result = load.run(TimeUnit.SECONDS.toNanos(options.seconds()));
        Subject.Cpu after = subject.cpu();
        double allocatedNow = subject.allocatedBytes();
        if (result.latencies().total() == 0) {
            throw new IOException(workload.id() + ": " + subject.name() + " answered nothing, " + result.failures()
                    + " failed");
        }
        double requests = Math.max(1, result.latencies().total());
        double megabytes = requests * workload.answerBytes() / 1e6;
        boolean perMb = workload.isBulk();
        double unit = perMb ? megabytes : requests;
        String of = perMb ? "per MB, us" : "per request, us";
        double user = (after.user() - before.user()) * TICK_US;
        double system = (after.system() - before.system()) * TICK_US;
        String group = workload.id();
        samples.add(group, "CPU " + of, subject.name(), (user + system) / unit);
        samples.add(group, "CPU user " + of, subject.name(), user / unit);
        samples.add(group, "CPU system " + of, subject.name(), system / unit);
        samples.add(group, "requests/s", subject.name(), requests * 1e9 / result.elapsedNs());
        for (double q : new double[] {0.5, 0.99, 0.999}) {
            samples.add(group, "p" + trimmed(q * 100) + ", us", subject.name(), result.latencies().quantile(q) / 1e3);
        }
        if (allocated >= 0) {
            samples.add(group, "allocated on the heap per request, bytes", subject.name(), (allocatedNow - allocated) / requests);
        }
        samples.add(group, "failed", subject.name(), result.failures());
        samples.add(group, "resident memory, kB", subject.name(), subject.residentKb());
        System.err.printf("bench: %s %s: %.0f requests/s, CPU %.2f us %s%n", group, subject.name(),
                requests * 1e9 / result.elapsedNs(), (user + system) / unit, of);
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(Math.round(value * 10) / 10.0);
    }
}
