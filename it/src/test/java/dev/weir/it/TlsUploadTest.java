package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Anybody;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.RandomStream;
import dev.weir.it.rig.RandomStream.Received;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 100 MB to a server that answers with what it got once the client has ended its direction: nothing is lost, nothing comes
 * in another order, and the answer still reaches who has ended.
 */
class TlsUploadTest {

    private static final long SIZE = Long.getLong("weir.upload.bytes", 100_000_000);
    private static final int ROUNDS = Integer.getInteger("weir.upload.rounds", 2);

    private final Stage stage = new Stage();

    @TempDir
    Path work;

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    @ParameterizedTest
    @CsvSource({"epoll, clear", "epoll, inner", "io_uring, clear", "io_uring, inner", "nio, clear", "nio, inner"})
    void arrivesWhole(String engine, String way) throws Exception {
        Proxy proxy = start(engine);
        for (int round = 0; round < ROUNDS; round++) {
            for (String version : List.of("TLSv1.3", "TLSv1.2")) {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, Anybody.ALONE, new SecureRandom());
                try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1",
                        proxy.port(way))) {
                    socket.setSoTimeout(20_000);
                    socket.setEnabledProtocols(new String[] {version});
                    OutputStream out = socket.getOutputStream();
                    long sum = RandomStream.write(out, SIZE, round);
                    socket.shutdownOutput();
                    assertEquals(SIZE + " " + sum, new String(socket.getInputStream().readAllBytes(),
                            StandardCharsets.US_ASCII), version + ", round " + round);
                }
            }
        }
    }

    private Proxy start(String engine) throws Exception {
        Tools.need("openssl");
        Finished made = Finished.of(List.of("sh", "-c", "cd " + work + "; openssl req -x509 -newkey rsa:2048 -nodes "
                + "-keyout k -out c -days 2 -subj /CN=a; cat c k > a.pem"));
        assertEquals(0, made.code(), made.err());
        Origin origin = stage.add(Origin.of((socket, in, out) -> {
            Received got = RandomStream.read(in);
            out.write((got.size() + " " + got.sum()).getBytes(StandardCharsets.US_ASCII));
        }));
        return stage.add(Product.WEIR.launch().port("origin", origin.port()).start("""
                global
                    weir.engine ENGINE
                defaults
                    mode tcp
                    timeout client 20s
                    timeout server 20s
                    timeout connect 3s
                listen clear
                    bind 127.0.0.1:{port:clear} ssl crt WORK/a.pem
                    server s 127.0.0.1:{port:origin}
                listen inner
                    bind 127.0.0.1:{port:inner} ssl crt WORK/a.pem
                    server s 127.0.0.1:{port:clear} ssl verify none
                """.replace("ENGINE", engine).replace("WORK", work.toString())));
    }
}
