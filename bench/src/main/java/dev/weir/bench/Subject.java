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
                bind 127.0.0.1:%1$d
                maxconn 6000
                server origin 127.0.0.1:%2$d
            listen web
                mode http
                bind 127.0.0.1:%3$d
                maxconn 6000
                server origin 127.0.0.1:%4$d
            frontend rules
                mode http
                bind 127.0.0.1:%5$d
                maxconn 6000
                log 127.0.0.1:%6$d local0
                option httplog
                option forwardfor
            %7$s
                use_backend %%[path,map_beg(%8$s,origins)]
            listen sticky
                mode http
                bind 127.0.0.1:%9$d
                maxconn 6000
                stick-table type string len 64 size 100k expire 10m store http_req_cnt
                stick on path
                server origin 127.0.0.1:%4$d
            backend origins
                mode http
                http-response set-header X-Served-By %%s
                http-response del-header Server
                http-response add-header Strict-Transport-Security "max-age=31536000"
                server origin 127.0.0.1:%4$d
            """;

    /** Twenty ACLs of which the request passes all, and eight edits of its headers. */
    private static final String RULES = rules();

    private static String rules() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            out.append("    acl path").append(i).append(" path_beg /admin").append(i).append(" /private").append(i)
                    .append("\n    acl agent").append(i).append(" req.hdr(user-agent) -m sub bot").append(i)
                    .append("\n    http-request deny if path").append(i).append(" or agent").append(i).append('\n');
        }
        return out.append("""
                    http-request set-header X-Real-IP %[src]
                    http-request set-header X-Forwarded-Proto http
                    http-request set-header X-Forwarded-Host %[req.hdr(host)]
                    http-request set-header X-Request-Start t=%Ts
                    http-request del-header X-Evil
                    http-request add-header Via proxy
                    http-request set-header X-Path %[path,lower]
                """).toString();
    }

    private final String name;
    private final Process process;
    private final Path file;
    private final int[] ports;
    private final Path map;
    private final double readyMs;

    private Subject(String name, Process process, Path file, Path map, int[] ports, double readyMs) {
        this.name = name;
        this.process = process;
        this.file = file;
        this.map = map;
        this.ports = ports;
        this.readyMs = readyMs;
    }

    /** Starts the command and waits until it accepts. */
    static Subject start(String name, String command, int origin, int webOrigin, int syslog)
            throws IOException, InterruptedException {
        int[] ports = {freePort(), freePort(), freePort(), freePort()};
        Path map = Files.createTempFile("weir-bench", ".map");
        Files.writeString(map, "/static origins\n/api origins\n/img origins\n");
        Path file = Files.createTempFile("weir-bench", ".cfg");
        Files.writeString(file, CONFIGURATION.formatted(ports[0], origin, ports[1], webOrigin, ports[2], syslog, RULES,
                map, ports[3]));
        List<String> words = new ArrayList<>(List.of("taskset", "-c", "0", command, "-db", "-f", file.toString()));
        ProcessBuilder builder = new ProcessBuilder(words).redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("WEIR_BUILD", "never");
        long from = System.nanoTime();
        Process process = builder.start();
        while (!accepts(ports[0])) {
            if (!process.isAlive()) {
                throw new IOException(name + " ended with " + process.exitValue());
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return new Subject(name, process, file, map, ports, (System.nanoTime() - from) / 1e6);
    }

    String name() {
        return name;
    }

    int port(Workload.Way way) {
        return ports[way.ordinal()];
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
        Files.deleteIfExists(map);
    }
}
