package dev.weir.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Load by h2load: what needs TLS, HTTP/2 or an answer whose length is not known before. */
final class H2Load implements Drive {

    private final List<String> command = new ArrayList<>();
    private final Path log = Files.createTempFile("weir-bench", ".h2load");

    H2Load(Workload workload, int port) throws IOException {
        boolean h2 = workload.kind() == Workload.Kind.H2_TOOL;
        command.addAll(List.of("h2load", "-t1", "-c" + workload.connections(), "-m" + (h2 ? 10 : 1),
                "--log-file=" + log));
        if (!h2) {
            command.add("--h1");
        }
        if (workload.kind() == Workload.Kind.GZIP_TOOL) {
            command.addAll(List.of("-H", "Accept-Encoding: gzip"));
        }
        command.add((workload.way().isTls() ? "https" : "http") + "://127.0.0.1:" + port + "/static/" + workload.answerBytes());
        log.toFile().deleteOnExit();
    }

    @Override
    public Result run(long nanos) throws IOException, InterruptedException {
        Files.writeString(log, "");
        List<String> words = new ArrayList<>(command);
        words.add(1, "-D" + Math.max(1, nanos / 1_000_000_000L));
        long from = System.nanoTime();
        Process process = new ProcessBuilder(words).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        process.waitFor();
        return read(System.nanoTime() - from);
    }

    /** Lines of start, status and duration in microseconds. */
    private Result read(long elapsedNs) throws IOException {
        Histogram latencies = new Histogram();
        long failures = 0;
        try (BufferedReader lines = Files.newBufferedReader(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\t");
                if (fields[1].equals("200")) {
                    latencies.add(Long.parseLong(fields[2]) * 1000);
                } else {
                    failures++;
                }
            }
        }
        return new Result(latencies, failures, elapsedNs);
    }
}
