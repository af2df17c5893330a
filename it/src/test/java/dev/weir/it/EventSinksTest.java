package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the debug converter writes, beside HAProxy. */
class EventSinksTest {

    private static final String FILE = """
            global
                stats socket {dir}/s.sock level admin
            ring mine
                format raw
                size 32768
                backing-file {dir}/mine.ring
                timeout connect 1s
                timeout server 1s
                server s 127.0.0.1:{port:to}
            defaults
                mode http
                timeout client 3s
                timeout server 3s
                timeout connect 3s
            frontend f
                bind 127.0.0.1:{port:f}
                http-request set-var(txn.a) path,debug
                http-request set-var(txn.a) int(5),debug(pre,buf0)
                http-request set-var(txn.a) bool(1),not,debug(b)
                http-request set-var(txn.a) req.hdr(none),debug(none)
                http-request set-var(txn.a) src,debug(ip,mine)
                http-request set-var(txn.a) method,debug(m,stdout)
                http-request set-var(txn.a) str(e),debug(m,stderr)
                http-request return status 200
            """;
    private static final String BUFFER = """
            <0>DATE [debug] : type=str </x>
            <0>DATE [debug] pre: type=sint <5>
            <0>DATE [debug] b: type=bool <0>
            """;

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    @Test
    void debugWritesToRingsAndDescriptors() throws Exception {
        Product.HAPROXY.needs(Part.START);
        for (Product product : new Product[] {Product.HAPROXY, Product.WEIR}) {
            BlockingQueue<String> sent = new LinkedBlockingQueue<>();
            Origin to = stage.add(Origin.of((socket, in, out) -> sent.add(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine())));
            Proxy proxy = stage.add(product.launch().port("to", to.port()).start(FILE));
            try (var client = proxy.connect("f")) {
                client.send("GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").readAll();
            }
            Path socket = proxy.directory().resolve("s.sock");
            assertEquals(BUFFER, CommandSocket.ask(socket, "show events buf0")
                    .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+\\+00:00", "DATE").stripTrailing() + "\n", proxy.product()::toString);
            assertEquals("[debug] ip: type=ipv4 <127.0.0.1>", CommandSocket.ask(socket, "show events mine").strip());
            assertEquals("[debug] ip: type=ipv4 <127.0.0.1>", sent.poll(5, TimeUnit.SECONDS), proxy.product()::toString);
            Path kept = proxy.directory().resolve("mine.ring");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
            assertEquals(32768, Files.size(kept));
            assertTrue(new String(Files.readAllBytes(kept), StandardCharsets.ISO_8859_1).contains("[debug] ip: type=ipv4 <127.0.0.1>"));
            assertTrue(proxy.out().contains("[debug] m: type=meth <GET>\n"), proxy.product()::toString);
            assertTrue(proxy.err().contains("[debug] m: type=str <e>\n"), proxy.product()::toString);
        }
    }
}
