package dev.weir.it.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real MariaDB server with empty databases in a directory of its own, and its real client. */
public final class MariaDb implements AutoCloseable {

    private static final long START_SECONDS = 30;

    private final Path directory;
    private final Process server;
    private final int port = Launch.freePort();

    private MariaDb(Path directory) throws IOException {
        this.directory = directory;
        String user = "--user=" + System.getProperty("user.name");
        Finished made = Finished.of(List.of(Tools.need("mariadb-install-db"), "--no-defaults", user,
                "--datadir=" + directory + "/data", "--auth-root-authentication-method=normal", "--skip-test-db"));
        if (made.code() != 0) {
            throw new AssertionError(made.out() + made.err());
        }
        server = new ProcessBuilder(Tools.need("mariadbd"), "--no-defaults", user, "--datadir=" + directory + "/data",
                "--socket=" + directory + "/sock", "--pid-file=" + directory + "/pid", "--port=" + port,
                "--bind-address=127.0.0.1", "--innodb-buffer-pool-size=16M", "--skip-name-resolve",
                "--max-allowed-packet=64M")
                .redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
    }

    public static MariaDb start() throws IOException {
        Tools.need("mariadb");
        MariaDb db = new MariaDb(Files.createTempDirectory("weir-it-db-"));
        Wait.until(START_SECONDS, () -> "MariaDB does not answer", () -> query(db.port, "select 1").out().equals("1\n"));
        return db;
    }

    public int port() {
        return port;
    }

    /** Runs one statement in a connection of its own. */
    public static Finished query(int port, String statement) throws IOException {
        return Finished.of(List.of(Tools.need("mariadb"), "--no-defaults", "-h", "127.0.0.1", "-P",
                Integer.toString(port), "-u", "root", "-NB", "-e", statement));
    }

    /** A client that keeps its connection. */
    public static Session open(int port) throws IOException {
        return new Session(new ProcessBuilder(Tools.need("mariadb"), "--no-defaults", "-h", "127.0.0.1", "-P",
                Integer.toString(port), "-u", "root", "-NBn", "--skip-reconnect").redirectErrorStream(true).start());
    }

    /** One connection of the real client. */
    public static final class Session implements AutoCloseable {

        private final Process client;
        private final BufferedReader answers;

        private Session(Process client) {
            this.client = client;
            answers = client.inputReader(StandardCharsets.UTF_8);
        }

        /** The one line that the statement answers. */
        public String ask(String statement) throws IOException {
            client.getOutputStream().write((statement + ";\n").getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().flush();
            return answers.readLine();
        }

        @Override
        public void close() {
            client.destroy();
        }
    }

    @Override
    public void close() throws IOException {
        server.destroy();
        try {
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
