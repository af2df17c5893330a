package dev.weir.it.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running product: its pid, its ports by name, what it printed. Closing it ends the process whatever state it is in. */
public final class Proxy implements AutoCloseable {

    private static final long START_SECONDS = 10;

    private final Product product;
    private final Process process;
    private final Path directory;
    private final Map<String, Integer> ports;

    Proxy(Product product, List<String> command, Map<String, String> environment, Path directory,
            Map<String, Integer> ports) throws IOException {
        this.product = product;
        this.directory = directory;
        this.ports = ports;
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(directory.resolve("stdout").toFile())
                .redirectError(directory.resolve("stderr").toFile());
        builder.environment().put("WEIR_BUILD", "never");
        builder.environment().putAll(environment);
        process = builder.start();
    }

    public Product product() {
        return product;
    }

    public long pid() {
        return process.pid();
    }

    public int port(String name) {
        Integer port = ports.get(name);
        if (port == null) {
            throw new IllegalArgumentException("no {port:" + name + "} in the configuration");
        }
        return port;
    }

    public Path directory() {
        return directory;
    }

    public String out() throws IOException {
        return Finished.read(directory.resolve("stdout"));
    }

    public String err() throws IOException {
        return Finished.read(directory.resolve("stderr"));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal by its short name, as TERM. */
    public void signal(String name) throws IOException {
        Finished.of(List.of("kill", "-" + name, Long.toString(pid())));
    }

    /** The exit code, once it has ended. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(product + " still runs");
        }
        return process.exitValue();
    }

    /** What its descriptors are: {@code socket:[4711]}, {@code anon_inode:[eventpoll]}, paths. */
    public List<String> descriptors() throws IOException {
        List<String> kinds = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
            for (Path each : all.toList()) {
                if (Files.isSymbolicLink(each)) {
                    kinds.add(Files.readSymbolicLink(each).toString());
                }
            }
        }
        return kinds;
    }

    /** Resident memory in kB. */
    public long residentKb() throws IOException {
        String status = Finished.read(Path.of("/proc/" + pid() + "/status"));
        String line = status.substring(status.indexOf("VmRSS:") + 6);
        return Long.parseLong(line.substring(0, line.indexOf("kB")).trim());
    }

    /** Resident memory in kB once what compilers took for a moment has gone back, for processes that were started to settle soon. */
    public long settledKb() throws Exception {
        long least = residentKb();
        for (int i = 0; i < 15; i++) {
            Thread.sleep(100);
            least = Math.min(least, residentKb());
        }
        return least;
    }

    void awaitPort(int port) throws IOException {
        Wait.until(START_SECONDS, () -> product + " does not listen on " + port + ":\n" + outputs(), () -> {
            if (!process.isAlive()) {
                throw new AssertionError(product + " ended with " + process.exitValue() + ":\n" + outputs());
            }
            return listens(port);
        });
    }

    private String outputs() {
        try {
            return out() + err();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Looks without connecting, since a connection would be one more session in the product's logs and counters. */
    private static boolean listens(int port) throws IOException {
        String wanted = ":%04X ".formatted(port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(table))) {
                for (String line : Files.readAllLines(Path.of(table))) {
                    String[] fields = line.trim().split("\\s+");
                    if (fields.length > 3 && fields[3].equals("0A") && (fields[1] + " ").endsWith(wanted)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** A client of a port by name. */
    public Client connect(String port) throws IOException {
        return new Client(new Socket(InetAddress.getLoopbackAddress(), port(port)));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
