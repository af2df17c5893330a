package dev.weir.bench;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What stands around the subjects and is the same for all: origins, certificates, a map, a syslog that nobody reads. */
final class Scene {

    private final Path directory = Files.createTempDirectory("weir-bench");
    private final Origin tcp = new Origin(false);
    private final Origin web = new Origin(true);
    /** Log lines go here and are never read: what does not fit is dropped, for all subjects alike. */
    private final DatagramSocket syslog = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final int h2Port = freePort();
    private Process h2;

    Scene() throws IOException, InterruptedException {
        for (Origin each : List.of(tcp, web)) {
            Thread thread = new Thread(each, "origin");
            thread.setDaemon(true);
            thread.start();
        }
        certificate("rsa", "rsa:2048");
        certificate("ec", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
        Files.writeString(path("origins.map"), "/static origins\n/api origins\n/img origins\n");
    }

    private void certificate(String name, String... kind) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-days", "30", "-subj",
                "/CN=bench.example.org", "-keyout", path(name + ".key").toString(), "-out", path(name + ".crt").toString(),
                "-newkey"));
        command.addAll(List.of(kind));
        int code = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start().waitFor();
        if (code != 0) {
            throw new IOException("openssl made no certificate");
        }
        Files.writeString(path(name + ".pem"), Files.readString(path(name + ".crt")) + Files.readString(path(name + ".key")));
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    int tcpPort() {
        return tcp.port();
    }

    int webPort() {
        return web.port();
    }

    int syslogPort() {
        return syslog.getLocalPort();
    }

    /** An origin that speaks HTTP/2 without encryption, which nginx plays. */
    int h2Port() throws IOException {
        if (h2 == null && available("nginx")) {
            Files.writeString(path("h2-origin.conf"), NginxFile.h2Origin(this, h2Port));
            h2 = new ProcessBuilder("nginx", "-c", path("h2-origin.conf").toString(), "-e", "/dev/null").inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(h2::destroy));
        }
        return h2Port;
    }

    static boolean available(String command) {
        try {
            return new ProcessBuilder(command, "-v").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor(10, TimeUnit.SECONDS);
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
