package dev.weir.it.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real server from a package of the system, with all it needs in a directory of its own; it can stop and start again. */
public final class Daemon implements AutoCloseable {

    /** The servers, each with the program that must be there. */
    public enum Kind {
        MARIADB("mariadbd"), POSTGRESQL("postgres"), REDIS("redis-server"), SMTP("exim4"), LDAP("slapd");

        private final String program;

        Kind(String program) {
            this.program = program;
        }

        public boolean isInstalled() {
            return this == POSTGRESQL ? postgres("postgres") != null : Tools.find(program) != null;
        }
    }

    private static final long START_SECONDS = 30;

    private final Kind kind;
    private final Path directory = Files.createTempDirectory("weir-it-daemon-");
    private final int port = Launch.freePort();
    private Process process;

    /** Makes what it needs and starts it. */
    public Daemon(Kind kind) throws IOException {
        this.kind = kind;
        prepare();
        start();
    }

    public int port() {
        return port;
    }

    private static Path postgres(String program) {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return null;
        }
        try (Stream<Path> all = Files.list(versions)) {
            return all.map(each -> each.resolve("bin").resolve(program)).filter(Files::isExecutable).findFirst().orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private void prepare() throws IOException {
        switch (kind) {
            case MARIADB -> {
                run(List.of(Tools.need("mariadb-install-db"), "--no-defaults", user(), "--datadir=" + directory + "/data",
                        "--auth-root-authentication-method=normal", "--skip-test-db"));
                Files.writeString(directory.resolve("init"), "create user if not exists hap@'127.0.0.1';\n");
            }
            case POSTGRESQL -> {
                if (isRoot()) {
                    run(List.of("chown", "postgres", directory.toString()));
                }
                run(asPostgres(postgres("initdb").toString(), "-A", "trust", "-N", "-U", "postgres", "-D", directory + "/data"));
            }
            case SMTP -> {
                Files.createDirectory(directory.resolve("spool"));
                Files.writeString(directory.resolve("conf"), "primary_hostname = it.example\nspool_directory = " + directory
                        + "/spool\nlog_file_path = " + directory + "/%slog\nlocal_interfaces = 127.0.0.1\n"
                        + "daemon_smtp_ports = " + port + "\npid_file_path = " + directory + "/pid\n"
                        + "rfc1413_hosts =\nhost_lookup =\ndisable_ipv6\n");
                run(List.of("chmod", "-R", "a+rwX", directory.toString()));
                // a configuration that others may write to is not trusted
                run(List.of("chmod", "644", directory + "/conf"));
            }
            case LDAP -> Files.writeString(directory.resolve("conf"), "pidfile " + directory + "/pid\nargsfile " + directory
                    + "/args\n");
            case REDIS -> { }
        }
    }

    private static String user() {
        return "--user=" + System.getProperty("user.name");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** It refuses to run as root. */
    private static List<String> asPostgres(String... command) {
        List<String> all = new ArrayList<>(isRoot() ? List.of("runuser", "-u", "postgres", "--") : List.of());
        all.addAll(List.of(command));
        return all;
    }

    private static void run(List<String> command) throws IOException {
        Finished finished = Finished.of(command);
        if (finished.code() != 0) {
            throw new AssertionError(command + "\n" + finished.out() + finished.err());
        }
    }

    private List<String> command() {
        String at = Integer.toString(port);
        return switch (kind) {
            case MARIADB -> List.of(Tools.need("mariadbd"), "--no-defaults", user(), "--datadir=" + directory + "/data",
                    "--socket=" + directory + "/sock", "--pid-file=" + directory + "/pid", "--port=" + at,
                    "--bind-address=127.0.0.1", "--innodb-buffer-pool-size=16M", "--skip-name-resolve",
                    "--init-file=" + directory + "/init");
            case POSTGRESQL -> asPostgres(postgres("postgres").toString(), "-D", directory + "/data", "-p", at, "-h", "127.0.0.1",
                    "-k", directory.toString());
            case REDIS -> List.of(Tools.need("redis-server"), "--port", at, "--bind", "127.0.0.1", "--save", "", "--dir",
                    directory.toString());
            case SMTP -> List.of(Tools.need("exim4"), "-bdf", "-C", directory + "/conf");
            case LDAP -> List.of(Tools.need("slapd"), "-f", directory + "/conf", "-h", "ldap://127.0.0.1:" + at, "-d", "0");
        };
    }

    /** Starts it again, on the same port. */
    public void start() throws IOException {
        process = new ProcessBuilder(command()).redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(directory.resolve("output").toFile()).start();
        Wait.until(START_SECONDS, this::output, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new AssertionError(output());
                }
                return false;
            }
        });
    }

    private String output() {
        try {
            return kind + " does not start: " + Finished.read(directory.resolve("output"));
        } catch (IOException e) {
            return kind + " does not start: " + e;
        }
    }

    /** As an operator would; its port is free then. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
