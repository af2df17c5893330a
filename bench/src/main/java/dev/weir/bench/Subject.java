package dev.weir.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy under measurement: a process pinned to the first processor, and what the kernel and the JVM say of it. */
final class Subject implements AutoCloseable {

    /** A worker's line of {@code jcmd Thread.print -e}. */
    private static final Pattern ALLOCATED = Pattern.compile("\"weir-\\d+\"[^\n]* allocated=([0-9.]+)([BKMG])");

    private final String name;
    private final Process process;
    private final Path file;
    private final Map<Way, Integer> ports;
    private final double readyMs;

    private Subject(String name, Process process, Path file, Map<Way, Integer> ports, double readyMs) {
        this.name = name;
        this.process = process;
        this.file = file;
        this.ports = ports;
        this.readyMs = readyMs;
    }

    /** The text of a configuration, once ports are known. */
    interface Text {
        String with(Map<Way, Integer> ports) throws IOException;
    }

    /** Starts the command of the name with the usual configuration. */
    static Subject start(String name, String command, Scene scene) throws IOException, InterruptedException {
        Map<Way, Integer> ports = ports(isNginx(name) ? NginxFile.ways() : java.util.EnumSet.allOf(Way.class));
        Text text = isNginx(name) ? p -> NginxFile.text(scene, p) : p -> HaproxyFile.text(scene, p);
        return start(name, command, ports, text, List.of());
    }

    /** Starts the command and waits until it accepts. */
    static Subject start(String name, String command, Map<Way, Integer> ports, Text text, List<String> further)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("weir-bench", ".cfg");
        Files.writeString(file, text.with(ports));
        List<String> words = new ArrayList<>(List.of("taskset", "-c", "0", command));
        words.addAll(isNginx(name) ? List.of("-e", "/dev/null", "-c", file.toString())
                : List.of("-db", "-f", file.toString()));
        words.addAll(further);
        ProcessBuilder builder = new ProcessBuilder(words).redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("WEIR_BUILD", "never");
        int first = ports.values().iterator().next();
        long from = System.nanoTime();
        Process process = builder.start();
        while (!accepts(first)) {
            if (!process.isAlive()) {
                throw new IOException(name + " ended with " + process.exitValue());
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return new Subject(name, process, file, ports, (System.nanoTime() - from) / 1e6);
    }

    static boolean isNginx(String name) {
        return name.startsWith("nginx");
    }

    static Map<Way, Integer> ports(Iterable<Way> ways) throws IOException {
        Map<Way, Integer> ports = new EnumMap<>(Way.class);
        for (Way way : ways) {
            ports.put(way, Scene.freePort());
        }
        return ports;
    }

    String name() {
        return name;
    }

    boolean serves(Way way) {
        return ports.containsKey(way);
    }

    int port(Way way) {
        return ports.get(way);
    }

    /** From the start of the process to the first accepted connection. */
    double readyMs() {
        return readyMs;
    }

    long pid() {
        return process.pid();
    }

    /** Processor time in ticks, user and system apart. Immutable. */
    record Cpu(long user, long system) {}

    Cpu cpu() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new Cpu(Long.parseLong(fields[11]), Long.parseLong(fields[12]));
    }

    long residentKb() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }

    /** What workers have allocated on the Java heap until now, in bytes; -1 where there is no such heap. */
    double allocatedBytes() throws IOException, InterruptedException {
        if (!Files.readString(Path.of("/proc/" + pid() + "/maps")).contains("libjvm")) {
            return -1;
        }
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(jcmd, Long.toString(pid()), "Thread.print", "-e").redirectErrorStream(true).start();
        String text = new String(asked.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        asked.waitFor();
        double sum = -1;
        for (Matcher matcher = ALLOCATED.matcher(text); matcher.find();) {
            sum = Math.max(sum, 0) + Double.parseDouble(matcher.group(1)) * (1L << 10 * "BKMG".indexOf(matcher.group(2)));
        }
        return sum;
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
        Files.deleteIfExists(file);
    }
}
