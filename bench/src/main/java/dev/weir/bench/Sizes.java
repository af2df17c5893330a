package dev.weir.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a configuration of many backends costs: to load, to hold, and for each request. */
final class Sizes {

    private final Options options;
    private final Samples samples;
    private final Scene scene;

    Sizes(Options options, Samples samples, Scene scene) {
        this.options = options;
        this.samples = samples;
        this.scene = scene;
    }

    void run() throws Exception {
        for (int backends : new int[] {1, 100, 10_000}) {
            for (int round = 0; round < Math.min(3, options.rounds()); round++) {
                for (String text : options.subjects()) {
                    if (!Subject.isNginx(Bench.name(text))) {
                        measure(text, backends);
                    }
                }
            }
        }
    }

    private void measure(String text, int backends) throws Exception {
        var ports = Subject.ports(List.of(Way.HTTP));
        try (Subject subject = Subject.start(Bench.name(text), Bench.command(text), ports,
                p -> HaproxyFile.many(scene, p, backends), List.of())) {
            samples.add("sizes", "until it accepts with " + backends + " backends, ms", subject.name(), subject.readyMs());
            Drive load = Workload.HTTP.drive(subject.port(Way.HTTP));
            load.run(TimeUnit.SECONDS.toNanos(options.warmUpSeconds()));
            Subject.Cpu before = subject.cpu();
            Drive.Result result = load.run(TimeUnit.SECONDS.toNanos(options.seconds()));
            Subject.Cpu after = subject.cpu();
            samples.add("sizes", "CPU per request with " + backends + " backends, us", subject.name(),
                    (after.user() + after.system() - before.user() - before.system()) * Bench.TICK_US
                    / Math.max(1, result.latencies().total()));
            samples.add("sizes", "resident memory with " + backends + " backends, kB", subject.name(), subject.residentKb());
            System.err.printf("bench: sizes %s: %d backends, %.0f ms until it accepts, %d kB%n", subject.name(), backends,
                    subject.readyMs(), subject.residentKb());
        }
    }
}
