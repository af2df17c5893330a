import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the AOT cache: starts the product, sends connections through it, ends it, and lets the JVM write down which
 * classes it had loaded and which methods ran. Without a cache the product works and starts slower, so a failure here is
 * a message and no error.
 *
 * <p>Arguments: launcher, product directory, file to make.
 */
public final class Train {

    private static final int CONNECTIONS = 200;
    private static final int START_SECONDS = 30;

    private Train() {}

    public static void main(String[] args) throws Exception {
        Path cache = Path.of(args[2]);
        Files.deleteIfExists(cache);
        Path work = Files.createTempDirectory("weir-train");
        try (ServerSocket origin = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> echo(origin));
            int port = freePort();
            Path file = Files.writeString(work.resolve("train.cfg"), configuration(port, origin.getLocalPort()));
            Process product = start(args[0], args[1], cache, file, work);
            if (accepts(product, port)) {
                relay(port);
                Thread.sleep(200);
            }
            product.destroy();
            if (!product.waitFor(60, TimeUnit.SECONDS)) {
                product.destroyForcibly();
            }
            if (!Files.exists(cache)) {
                System.out.println("no AOT cache was made: " + Files.readString(work.resolve("log")));
            }
        } finally {
            Files.deleteIfExists(work.resolve("log"));
            Files.deleteIfExists(work.resolve("train.cfg"));
            Files.deleteIfExists(work);
        }
    }

    private static String configuration(int port, int origin) {
        return """
                global
                    maxconn 1000
                    nbthread 2
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 30s
                    timeout server 30s
                frontend train
                    bind 127.0.0.1:%d
                    default_backend train
                backend train
                    server one 127.0.0.1:%d
                    server two 127.0.0.1:%d backup
                """.formatted(port, origin, origin);
    }

    private static Process start(String launcher, String dist, Path cache, Path file, Path work) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(launcher, "-f", file.toString()));
        builder.environment().put("WEIR_DIST", dist);
        builder.environment().put("WEIR_BUILD", "never");
        builder.environment().put("WEIR_JAVA_OPTS", "-XX:AOTCacheOutput=" + cache);
        builder.redirectErrorStream(true).redirectOutput(work.resolve("log").toFile());
        return builder.start();
    }

    private static boolean accepts(Process product, int port) throws InterruptedException {
        for (int i = 0; i < START_SECONDS * 20 && product.isAlive(); i++) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        return false;
    }

    private static void relay(int port) {
        byte[] chunk = new byte[20_000];
        for (int i = 0; i < CONNECTIONS; i++) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                client.setSoTimeout(2000);
                client.getOutputStream().write(chunk, 0, 1 + i * 97 % chunk.length);
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException closed) {
                // the product may refuse or cut one: what it did is trained all the same
            }
        }
    }

    private static void echo(ServerSocket origin) {
        while (true) {
            try {
                Socket socket = origin.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket; InputStream in = socket.getInputStream(); OutputStream out = socket.getOutputStream()) {
                        in.transferTo(out);
                    } catch (IOException closed) {
                        // the other side went away
                    }
                });
            } catch (IOException ended) {
                return;
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
