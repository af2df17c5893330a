package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the debug converter writes, beside HAProxy. */
class EventSinksTest {

    private static final String FILE = """
            global
                stats socket {dir}/s.sock level admin
            ring mine
                format raw
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
            Proxy proxy = stage.add(product.launch().start(FILE));
            try (var client = proxy.connect("f")) {
                client.send("GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").readAll();
            }
            Path socket = proxy.directory().resolve("s.sock");
            assertEquals(BUFFER, CommandSocket.ask(socket, "show events buf0")
                    .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+\\+00:00", "DATE").stripTrailing() + "\n", proxy.product()::toString);
            assertEquals("[debug] ip: type=ipv4 <127.0.0.1>", CommandSocket.ask(socket, "show events mine").strip());
            assertTrue(proxy.out().contains("[debug] m: type=meth <GET>\n"), proxy.product()::toString);
            assertTrue(proxy.err().contains("[debug] m: type=str <e>\n"), proxy.product()::toString);
        }
    }
}
