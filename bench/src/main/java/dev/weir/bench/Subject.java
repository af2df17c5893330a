package dev.weir.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A proxy under measurement: a process pinned to the first processor, and what the kernel says of it. */
final class Subject implements AutoCloseable {

    private static final String CONFIGURATION = """
            global
                nbthread 1
                maxconn 6000
            defaults
                mode tcp
                timeout connect 5s
                timeout client 10m
                timeout server 10m
            listen bench
                bind 127.0.0.1:%d
                maxconn 6000
                server origin 127.0.0.1:%d
            """;

    private final String name;
    private final Process process;
    private final Path file;
    private final int port;
    private final double readyMs;

    private Subject(String name, Process process, Path file, int port, double readyMs) {
        this.name = name;
        this.process = process;
        this.file = file;
        this.port = port;
        this.readyMs = readyMs;
    }

    /** Starts the command and waits until it accepts. */
    static Subject start(String name, String command, int origin) throws IOException, InterruptedException {
        int port = freePort();
        Path file = Files.createTempFile("weir-bench", ".cfg");
        Files.writeString(file, CONFIGURATION.formatted(port, origin));
        List<String> words = new ArrayList<>(List.of("taskset", "-c", "0", command, "-db", "-f", file.toString()));
        ProcessBuilder builder = new ProcessBuilder(words).redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("WEIR_BUILD", "never");
        long from = System.nanoTime();
        Process process = builder.start();
        while (!accepts(port)) {
            if (!process.isAlive()) {
                throw new IOException(name + " ended with " + process.exitValue());
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return new Subject(name, process, file, port, (System.nanoTime() - from) / 1e6);
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    /** From the start of the process to the first accepted connection. */
    double readyMs() {
        return readyMs;
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

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
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
