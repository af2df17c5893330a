package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.RandomStream;
import dev.weir.it.rig.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large bodies through two encrypted connections, both ways, on each engine. */
class TlsTransferTest {

    private static final int SIZE = 20_000_000;

    @TempDir
    Path work;

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "io_uring", "nio"})
    void carriesLargeBodies(String engine) throws Exception {
        Tools.need("openssl");
        Tools.need("curl");
        Finished made = shell("openssl req -x509 -newkey rsa:2048 -nodes -keyout k -out c -days 2 -subj /CN=a; "
                + "cat c k > a.pem");
        assertEquals(0, made.code(), made.err());
        try (var out = Files.newOutputStream(work.resolve("body"))) {
            RandomStream.write(out, SIZE, 11);
        }
        // sends back what it is sent
        try (Origin origin = Origin.of((socket, in, out) -> {
            byte[] head = new byte[1];
            StringBuilder lines = new StringBuilder();
            while (lines.indexOf("\r\n\r\n") < 0 && in.read(head) > 0) {
                lines.append((char) head[0]);
            }
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] buffer = new byte[65536];
            for (int left = SIZE; left > 0; ) {
                int count = in.read(buffer, 0, Math.min(buffer.length, left));
                if (count < 0) {
                    return;
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }); var proxy = Product.WEIR.launch().port("origin", origin.port()).until("front").start("""
                global
                    weir.engine ENGINE
                defaults
                    mode http
                    timeout client 20s
                    timeout server 20s
                    timeout connect 3s
                listen inner
                    bind 127.0.0.1:{port:inner} ssl crt WORK/a.pem
                    server s 127.0.0.1:{port:origin}
                listen front
                    bind 127.0.0.1:{port:front} ssl crt WORK/a.pem
                    server s 127.0.0.1:{port:inner} ssl verify none
                """.replace("ENGINE", engine).replace("WORK", work.toString()))) {
            Finished got = shell("curl -sk -m 15 -H Expect: --data-binary @body -o back https://127.0.0.1:"
                    + proxy.port("front") + "/");
            assertEquals(0, got.code(), got.err());
            assertEquals(-1, Files.mismatch(work.resolve("body"), work.resolve("back")));
        }
    }

    private Finished shell(String line) throws Exception {
        return Finished.of(List.of("sh", "-c", "cd " + work + "; " + line));
    }
}
