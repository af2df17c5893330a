package dev.weir.bench;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Connections that begin, ask for one small page and end, one after the other, by openssl's s_time. */
final class Handshakes implements Drive {

    private static final Pattern DONE = Pattern.compile("(\\d+) connections in \\d+ real seconds");

    private final boolean resumed;
    private final int port;

    Handshakes(boolean resumed, int port) {
        this.resumed = resumed;
        this.port = port;
    }

    @Override
    public Result run(long nanos) throws IOException, InterruptedException {
        long seconds = Math.max(1, nanos / 1_000_000_000L);
        List<String> words = List.of("openssl", "s_time", "-connect", "127.0.0.1:" + port, resumed ? "-reuse" : "-new",
                "-tls1_3", "-www", "/static/128", "-time", Long.toString(seconds));
        long from = System.nanoTime();
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        int code = process.waitFor();
        long elapsed = System.nanoTime() - from;
        Matcher matcher = DONE.matcher(out);
        if (code != 0 || !matcher.find()) {
            throw new IOException("openssl s_time: " + out);
        }
        long count = Long.parseLong(matcher.group(1));
        Histogram latencies = new Histogram();
        // the tool tells a sum, not each: the mean stands for all
        latencies.add(elapsed / Math.max(1, count), count);
        return new Result(latencies, 0, elapsed);
    }
}
