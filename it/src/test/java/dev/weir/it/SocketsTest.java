package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners and servers that are no plain TCP address: paths, abstract names, inherited descriptors. */
@ParameterizedClass
@EnumSource(Product.class)
class SocketsTest {

    private static final int INHERITED = 77;
    private static final Stage STAGE = new Stage();
    private static Proxy proxy;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START, Part.SOCKETS);
        Launch launch = product.launch().port("echo", STAGE.add(Origin.echo()).port())
                .with("LISTENER", Integer.toString(INHERITED)).inherit(INHERITED, "inherited").until("path");
        proxy = STAGE.add(launch.start("""
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 10s
                    timeout server 10s
                listen unix
                    bind unix@{dir}/s.sock mode 640
                    bind {dir}/bare.sock
                    server s 127.0.0.1:{port:echo}
                listen abns
                    bind abns@weir-{port:echo}
                    server s 127.0.0.1:{port:echo}
                listen v6
                    bind ipv6@::1:{port:v6}
                    server s ipv4@127.0.0.1:{port:echo}
                listen inherited
                    bind fd@${LISTENER}
                    server s 127.0.0.1:{port:echo}
                listen range
                    bind 127.0.0.1:{port:first},127.0.0.1:{port:second}
                    server s 127.0.0.1:{port:echo}
                listen to_abns
                    bind 127.0.0.1:{port:abns}
                    server s abns@weir-{port:echo}
                listen to_path
                    bind 127.0.0.1:{port:path}
                    server s unix@{dir}/s.sock
                """));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abns", "path", "first", "second", "inherited"})
    void relays(String port) throws Exception {
        try (Client client = proxy.connect(port)) {
            assertEquals("hello", client.send("hello").endOutput().readAll());
        }
    }

    @Test
    void listensOnIpv6() throws Exception {
        try (Client client = new Client(new Socket(InetAddress.getByName("::1"), proxy.port("v6")))) {
            assertEquals("hello", client.send("hello").endOutput().readAll());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s.sock", "bare.sock"})
    void listensOnAPath(String name) throws Exception {
        Path path = proxy.directory().resolve(name);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap(new byte[] {'x'}));
            ByteBuffer got = ByteBuffer.allocate(1);
            assertEquals(1, channel.read(got));
            assertEquals('x', got.get(0));
        }
    }

    @Test
    void pathHasItsMode() throws Exception {
        assertEquals("rw-r-----",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(proxy.directory().resolve("s.sock"))));
    }

    /** The listener is there before the product is: who came in between is served. */
    @Test
    void servesWhoWaitedInTheBacklogOfAnInheritedSocket() throws Exception {
        Stage stage = new Stage();
        try {
            Origin origin = stage.add(Origin.echo());
            Launch launch = product.launch().port("echo", origin.port()).inherit(5, "waiting").until("waiting");
            Proxy late = stage.add(launch.start("""
                    listen inherited
                        mode tcp
                        timeout connect 5s
                        timeout client 10s
                        timeout server 10s
                        bind fd@5
                        server s 127.0.0.1:{port:echo}
                    """));
            Client client = stage.add(late.connect("waiting"));
            assertTrue(origin.accepted() == 0, "the product was faster than the case");
            assertEquals("early", client.send("early").endOutput().readAll());
        } finally {
            stage.clear();
        }
    }
}
