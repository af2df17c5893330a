package dev.weir.bench;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Small requests on keep-alive connections while the configuration is loaded again every half second. */
final class Reloads {

    private static final long EVERY_MS = 500;

    private final Options options;
    private final Samples samples;
    private final Scene scene;

    Reloads(Options options, Samples samples, Scene scene) {
        this.options = options;
        this.samples = samples;
        this.scene = scene;
    }

    void run() throws Exception {
        for (String text : options.subjects()) {
            if (Subject.isNginx(Bench.name(text))) {
                continue;
            }
            var ports = Subject.ports(EnumSet.allOf(Way.class));
            // a master, since that is what HAProxy reloads
            try (Subject subject = Subject.start(Bench.name(text), Bench.command(text), ports,
                    p -> HaproxyFile.text(scene, p), List.of("-W"))) {
                Drive load = Workload.HTTP.drive(subject.port(Way.HTTP));
                load.run(TimeUnit.SECONDS.toNanos(options.warmUpSeconds()));
                for (int round = 0; round < options.rounds(); round++) {
                    record("quiet", subject, load.run(TimeUnit.SECONDS.toNanos(options.seconds())));
                    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
                        clock.scheduleAtFixedRate(() -> reload(subject), EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
                        record("with reloads", subject, load.run(TimeUnit.SECONDS.toNanos(options.seconds())));
                        clock.shutdownNow();
                    }
                }
            }
        }
    }

    private static void reload(Subject subject) {
        try {
            new ProcessBuilder("kill", "-USR2", Long.toString(subject.pid())).start().waitFor();
        } catch (IOException | InterruptedException e) {
            System.err.println("bench: " + e);
        }
    }

    private void record(String when, Subject subject, Drive.Result result) {
        samples.add("reload", "requests/s, " + when, subject.name(), result.latencies().total() * 1e9 / result.elapsedNs());
        samples.add("reload", "p99.9 " + when + ", us", subject.name(), result.latencies().quantile(0.999) / 1e3);
        samples.add("reload", "connections lost, " + when, subject.name(), result.failures());
        System.err.printf("bench: reload %s, %s: %.0f requests/s, %d connections lost%n", subject.name(), when,
                result.latencies().total() * 1e9 / result.elapsedNs(), result.failures());
    }
}
