package dev.weir.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Times of whole processes, beside those of a bare JVM, since a JVM's own start is the floor. */
final class Starts {

    private static final int ROUNDS = 3;

    private final Options options;
    private final Samples samples;
    private final Scene scene;

    Starts(Options options, Samples samples, Scene scene) {
        this.options = options;
        this.samples = samples;
        this.scene = scene;
    }

    void run() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        for (int round = 0; round < options.rounds() * ROUNDS; round++) {
            timed("java -version", "java", List.of(java, "-version"));
            for (String text : options.subjects()) {
                String name = Bench.name(text);
                timed("-v", name, List.of(Bench.command(text), "-v"));
                if (!Subject.isNginx(name)) {
                    timed("-cc 1", name, List.of(Bench.command(text), "-cc", "1"));
                }
                try (Subject subject = Subject.start(name, Bench.command(text), scene)) {
                    samples.add("start", "until it accepts, ms", name, subject.readyMs());
                }
            }
        }
    }

    private void timed(String measure, String subject, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("WEIR_BUILD", "never");
        long from = System.nanoTime();
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IOException(command + " ended with " + code);
        }
        samples.add("start", measure + ", ms", subject, (System.nanoTime() - from) / 1e6);
    }
}
