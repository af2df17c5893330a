package dev.weir.it.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A start of a product: its configuration with ports and a directory filled in, its environment, and sockets that it
 * inherits. {@code {port:name}} is a free port, the same one wherever the name stands again; {@code {dir}} is a directory
 * of this start.
 */
public final class Launch {

    private static final Pattern PORT = Pattern.compile("\\{port:(\\w+)}");

    /**
     * Makes listeners and, after a moment in which clients can come into their backlog, becomes the command. perl is
     * essential in Debian.
     */
    private static final String INHERIT = """
            use Socket; use POSIX (); $^F = 1000;
            my @waiting;
            while (($_ = shift) ne '--') {
                my ($fd, $port) = split /=/;
                socket(my $s, PF_INET, SOCK_STREAM, 0) or die "socket: $!";
                setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1);
                bind($s, sockaddr_in($port, INADDR_LOOPBACK)) or die "bind: $!";
                listen($s, 16) or die "listen: $!";
                POSIX::dup2(fileno($s), $fd) or die "dup2: $!";
                POSIX::close(fileno($s)) unless fileno($s) == $fd;
                push @waiting, $s;
            }
            select(undef, undef, undef, 0.3);
            exec @ARGV or die "exec: $!";
            """;

    /** Each process has a block of ports of its own; what is in use is tried and passed over. */
    private static final int PORTS = 2_500;
    private static final int FIRST_PORT = PortBlock.first(10_000, PORTS, 8);
    private static final AtomicInteger NEXT = new AtomicInteger((int) (ProcessHandle.current().pid() * 101));

    private final Product product;
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<Integer, String> inherited = new LinkedHashMap<>();
    private final Path directory;
    private String awaited;

    Launch(Product product) {
        this.product = product;
        try {
            directory = Files.createTempDirectory("weir-it-");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public Launch with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What compilers take for a moment goes back every second, so that {@link Proxy#settledKb} need not wait for long. */
    public Launch settlingSoon() {
        return with("WEIR_JAVA_OPTS", "-XX:TrimNativeHeapInterval=1000");
    }

    /** A name of the configuration gets this port instead of a free one. */
    public Launch port(String name, int number) {
        ports.put(name, number);
        return this;
    }

    /** The process inherits a TCP listener on the port of that name as this descriptor. */
    public Launch inherit(int descriptor, String port) {
        inherited.put(descriptor, port);
        return this;
    }

    /** Waits for this port rather than for the first of the configuration; an empty name waits for none. */
    public Launch until(String port) {
        awaited = port;
        return this;
    }

    public Path directory() {
        return directory;
    }

    public int port(String name) {
        return ports.computeIfAbsent(name, n -> freePort());
    }

    /** Starts and waits until the awaited port accepts. */
    public Proxy start(String configuration, String... arguments) throws IOException {
        Path file = write(configuration);
        List<String> command = new ArrayList<>();
        if (!inherited.isEmpty()) {
            command.addAll(List.of("perl", "-e", INHERIT));
            inherited.forEach((fd, port) -> command.add(fd + "=" + port(port)));
            command.add("--");
        }
        command.addAll(product.command());
        command.addAll(List.of("-f", file.toString(), "-db"));
        command.addAll(List.of(arguments));
        Proxy proxy = new Proxy(product, command, environment, directory, Map.copyOf(ports));
        String name = awaited == null ? firstPort(configuration) : awaited;
        if (!name.isEmpty()) {
            proxy.awaitPort(port(name));
        }
        return proxy;
    }

    /** Runs to the end with the configuration. */
    public Finished run(String configuration, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(product.command());
        command.addAll(List.of("-f", write(configuration).toString()));
        command.addAll(List.of(arguments));
        return Finished.of(command);
    }

    private Path write(String configuration) throws IOException {
        String text = fill(configuration);
        return Files.write(directory.resolve("haproxy.cfg"), text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text with ports and directory in their places. */
    public String fill(String text) {
        Matcher matcher = PORT.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(filled, Integer.toString(port(matcher.group(1))));
        }
        matcher.appendTail(filled);
        return filled.toString().replace("{dir}", directory.toString());
    }

    private static String firstPort(String configuration) {
        Matcher bind = Pattern.compile("bind \\S*?\\{port:(\\w+)}").matcher(configuration);
        return bind.find() ? bind.group(1) : "";
    }

    /**
     * A port that nobody listens on and nobody is given again: below the range from which the kernel takes ports for
     * connections, which may come and go at any time.
     */
    static int freePort() {
        while (true) {
            int port = FIRST_PORT + Math.floorMod(NEXT.getAndIncrement(), PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException used) {
                // the next one
            }
        }
    }
}
