package dev.weir.bench;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the comparison and writes its results. The scripts pin this process to the second processor. */
public final class Bench {

    /** USER_HZ, fixed in Linux's interface. */
    private static final double TICK_US = 10_000;
    private static final int START_ROUNDS = 3;

    private final Options options;
    private final Samples samples = new Samples();
    private final Origin origin = new Origin(false);
    private final Origin webOrigin = new Origin(true);
    /** Log lines go here and are never read: what does not fit is dropped, for all subjects alike. */
    private final DatagramSocket syslog = new DatagramSocket(0, InetAddress.getLoopbackAddress());

    private Bench(Options options) throws IOException {
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
        for (Origin each : List.of(origin, webOrigin)) {
            Thread thread = new Thread(each, "origin");
            thread.setDaemon(true);
            thread.start();
        }
        List<Subject> subjects = new ArrayList<>();
        try {
            for (String subject : options.subjects()) {
                subjects.add(start(subject));
            }
            for (Workload workload : Workload.values()) {
                if (options.groups().contains(workload.id())) {
                    compare(workload, subjects);
                }
            }
        } finally {
            for (Subject subject : subjects) {
                subject.close();
            }
        }
        if (options.groups().contains("idle")) {
            idle();
        }
        if (options.groups().contains("start")) {
            start();
        }
        Path out = options.out() == null ? Path.of("bench/results") : options.out();
        Path page = options.out() == null ? Path.of("docs/PERFORMANCE.md") : out.resolve("PERFORMANCE.md");
        Files.createDirectories(out);
        Files.writeString(out.resolve("latest.json"), Report.json(samples, options));
        Files.writeString(page, Report.page(samples, options));
        System.err.println("bench: wrote " + out.resolve("latest.json") + " and " + page);
    }

    private Subject start(String subject) throws IOException, InterruptedException {
        return Subject.start(name(subject), command(subject), origin.port(), webOrigin.port(), syslog.getLocalPort());
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
        List<Load> loads = new ArrayList<>();
        for (Subject subject : subjects) {
            Load load = new Load(workload, subject.port(workload.way()));
            load.run(TimeUnit.SECONDS.toNanos(options.warmUpSeconds()));
            loads.add(load);
        }
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < subjects.size(); i++) {
                // who is first changes from round to round
                int turn = (i + round) % subjects.size();
                measure(workload, subjects.get(turn), loads.get(turn));
            }
        }
    }

    private void measure(Workload workload, Subject subject, Load load) throws Exception {
        Subject.Cpu before = subject.cpu();
        Load.Result result = load.run(TimeUnit.SECONDS.toNanos(options.seconds()));
        Subject.Cpu after = subject.cpu();
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
        samples.add(group, "failed", subject.name(), result.failures());
        samples.add(group, "resident memory, kB", subject.name(), subject.residentKb());
        System.err.printf("bench: %s %s: %.0f requests/s, CPU %.2f us %s%n", group, subject.name(),
                requests * 1e9 / result.elapsedNs(), (user + system) / unit, of);
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(Math.round(value * 10) / 10.0);
    }

    /** Memory with many sessions that have each carried one request and then stay open. */
    private void idle() throws Exception {
        for (String text : options.subjects()) {
            try (Subject subject = start(text)) {
                TimeUnit.SECONDS.sleep(1);
                long before = subject.residentKb();
                samples.add("idle", "resident memory after the start, kB", subject.name(), before);
                List<SocketChannel> open = new ArrayList<>();
                for (int i = 0; i < options.sessions(); i++) {
                    open.add(session(subject.port(Workload.Way.TCP)));
                }
                TimeUnit.SECONDS.sleep(options.holdSeconds());
                long after = subject.residentKb();
                samples.add("idle", "resident memory with " + options.sessions() + " sessions, kB", subject.name(), after);
                samples.add("idle", "per session, kB", subject.name(), (after - before) / (double) options.sessions());
                int alive = 0;
                for (SocketChannel channel : open) {
                    alive += answers(channel) ? 1 : 0;
                    channel.close();
                }
                samples.add("idle", "sessions that still answer", subject.name(), alive);
                System.err.printf("bench: idle %s: %d kB, then %d kB with %d sessions, %d alive%n", subject.name(), before,
                        after, options.sessions(), alive);
            }
        }
    }

    private static SocketChannel session(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        if (!answers(channel)) {
            throw new IOException("a session got no answer");
        }
        return channel;
    }

    private static boolean answers(SocketChannel channel) {
        try {
            ByteBuffer request = ByteBuffer.allocate(Origin.REQUEST);
            request.putLong(0, 16);
            channel.write(request);
            ByteBuffer answer = ByteBuffer.allocate(16);
            while (answer.hasRemaining()) {
                if (channel.read(answer) < 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whole-process times, beside those of a bare JVM, since a JVM's own start is the floor. */
    private void start() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        for (int round = 0; round < options.rounds() * START_ROUNDS; round++) {
            timed("java -version", "java", List.of(java, "-version"));
            for (String text : options.subjects()) {
                String name = name(text);
                timed("-v", name, List.of(command(text), "-v"));
                timed("-cc 1", name, List.of(command(text), "-cc", "1"));
                try (Subject subject = start(text)) {
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
