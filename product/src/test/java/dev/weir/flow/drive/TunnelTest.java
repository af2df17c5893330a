package dev.weir.flow.drive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.base.time.Clock;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.model.value.Workspace;
import dev.weir.model.balance.RoundRobin;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Entrance;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.ProxySpec.Splice;
import dev.weir.model.proxy.Totals;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.Dialer;
import dev.weir.net.mux.H1Setup;
import dev.weir.net.mux.Listener;
import dev.weir.net.sock.ListeningSocket;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import dev.weir.wire.h1.H1Limits;
import dev.weir.wire.http.Heads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session in TCP mode over real sockets, on each engine that can take over a listening socket. */
class TunnelTest {

    private static final int WORKERS = 2;
    private static final Place HERE = new Place("test", 1);

    private final LinkedBlockingQueue<Exchange> logged = new LinkedBlockingQueue<>();
    private final Totals totals = new Totals(WORKERS);
    private Worker[] workers;
    private Listener listener;
    private Server server;
    private Frontend frontend;

    private static HttpKit kit(int worker) {
        return new HttpKit(new H1Setup(new H1Limits(16384, 101, false), 65536, null, new Heads()), null, null,
                new LiveExchanges(worker), null);
    }

    private int start(Engine engine, int serverPort, Settings serverSettings, int clientTimeoutMs) {
        assumeTrue(engine.isAvailable());
        workers = new Worker[] {new Worker(0, "t0", engine, Clock.SYSTEM), new Worker(1, "t1", engine, Clock.SYSTEM)};
        ProxySpec spec = new ProxySpec(2, ProxySpec.Kind.LISTEN, "relay", new Settings(), List.of(), List.of(), HERE);
        server = new Server(new ServerSpec(1, "s1", null, Address.ipv4(0x7f000001, serverPort), serverSettings, HERE), Address.ipv4(0x7f000001, serverPort),
                "relay", Dialer.PLAIN, WORKERS, 0);
        Backend backend = new Backend(spec, WORKERS, 0);
        backend.configure(spec, List.of(server), new RoundRobin<>(List.of(server), false));
        BackendProgram back = new BackendProgram(backend, null, new BackendProgram.Times(2000, 0, 0, 0, 0, 0, 0),
                new BackendProgram.Terms(0, 0, false, false, new Splices(Splice.NO, Splice.NO)), (exchange, chosen, connection) -> { }, null,
                ProxyRules.NONE, new StickRules(new StickRule[0], backend, null), null, null);
        frontend = new Frontend(spec, WORKERS);
        RuleKit kit = new RuleKit(new Workspace(16384), null, null, null, new RuleKit.Limits(0, 0, 0),
                new RuleKit.Tracking(0, null, null));
        FrontendProgram program = new FrontendProgram(frontend, Routes.to(back),
                new FrontendProgram.Times(clientTimeoutMs, 0, 0, 0, 0, 0, 0),
                new FrontendProgram.Terms(false, false, null, 65536, false, new Splices(Splice.NO, Splice.NO)), new ExchangeLog() {
                    @Override
                    public void ended(Exchange exchange) {
                        logged.add(exchange);
                    }
                }, null, new FrontendProgram.Rules(ProxyRules.NONE, new RuleKit[] {kit, kit},
                        new HttpKit[] {kit(0), kit(1)}, null, null), new Serving(),
                new Tenure(1, 0));
        Object opened = ListeningSocket.open(engine, Address.ipv4(0x7f000001, 0), new Settings(),
                new ListeningSocket.Terms(true, 16, ".tmp"));
        ListeningSocket socket = (ListeningSocket) opened;
        socket.listen(128);
        Entrance entrance = new Entrance(1, null, totals, frontend, 0, WORKERS);
        listener = new Listener(socket, workers[0], entrance,
                new Entry(program, entrance, List.of(workers), null, Entry.Protocol.AUTO, null), Throwable::printStackTrace);
        frontend.configure(spec, 0, List.of(listener));
        listener.start();
        return socket.localAddress().port();
    }

    @AfterEach
    void stop() {
        if (listener != null) {
            listener.close();
            for (Worker worker : workers) {
                worker.shutdown();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void relaysBothWaysAndEndsEachDirectionOnItsOwn(Engine engine) throws Exception {
        byte[] data = new byte[5_000_000];
        new Random(3).nextBytes(data);
        try (ServerSocket origin = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            int port = start(engine, origin.getLocalPort(), new Settings(), 0);
            Thread.ofVirtual().start(() -> echoUntilEnd(origin));
            try (Socket client = new Socket("127.0.0.1", port)) {
                Thread writer = Thread.ofVirtual().start(() -> writeAndEnd(client, data));
                assertArrayEquals(data, client.getInputStream().readAllBytes());
                writer.join();
            }
            Exchange exchange = logged.poll(5, TimeUnit.SECONDS);
            assertNotNull(exchange);
            assertEquals("-- 5000000 5000000", "" + exchange.cause() + exchange.moment() + " " + exchange.bytesIn()
                    + " " + exchange.bytesOut());
            awaitIdle();
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aRefusedConnectionEndsTheSession(Engine engine) throws Exception {
        int dead;
        try (ServerSocket gone = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            dead = gone.getLocalPort();
        }
        int port = start(engine, dead, new Settings(), 0);
        try (Socket client = new Socket("127.0.0.1", port)) {
            assertEquals(-1, client.getInputStream().read());
        }
        Exchange exchange = logged.poll(5, TimeUnit.SECONDS);
        assertEquals("SC", "" + exchange.cause() + exchange.moment());
        awaitIdle();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aSilentClientTimesOut(Engine engine) throws Exception {
        try (ServerSocket origin = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            int port = start(engine, origin.getLocalPort(), new Settings(), 5);
            Thread.ofVirtual().start(() -> echoUntilEnd(origin));
            try (Socket client = new Socket("127.0.0.1", port)) {
                assertEquals(-1, client.getInputStream().read());
            }
            Exchange exchange = logged.poll(5, TimeUnit.SECONDS);
            assertEquals("cD", "" + exchange.cause() + exchange.moment());
            awaitIdle();
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aFullServerMakesSessionsWaitInTheQueue(Engine engine) throws Exception {
        Settings one = new Settings();
        one.set(ServerSpec.MAXCONN, 1, HERE);
        try (ServerSocket origin = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            int port = start(engine, origin.getLocalPort(), one, 0);
            Thread.ofVirtual().start(() -> {
                while (echoUntilEnd(origin)) { }
            });
            try (Socket first = new Socket("127.0.0.1", port); Socket second = new Socket("127.0.0.1", port)) {
                first.getOutputStream().write('a');
                assertEquals('a', first.getInputStream().read());
                second.getOutputStream().write('b');
                first.shutdownOutput();
                assertEquals(-1, first.getInputStream().read());
                assertEquals('b', second.getInputStream().read());
                assertEquals(1, server.served());
            }
            logged.poll(5, TimeUnit.SECONDS);
            logged.poll(5, TimeUnit.SECONDS);
            awaitIdle();
        }
    }

    /** The validator of every test here: nothing that is counted up stays up. */
    private void awaitIdle() throws InterruptedException {
        for (int i = 0; i < 500 && totals.connections().value() + workers[0].load().get() > 0; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertEquals(0, totals.connections().value());
        assertEquals(0, frontend.connections().value());
        assertEquals(0, server.sessions().value());
        assertEquals(0, server.served());
        assertEquals(0, workers[0].load().get() + workers[1].load().get());
    }

    private static boolean echoUntilEnd(ServerSocket origin) {
        try (Socket socket = origin.accept()) {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[65536];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                socket.getOutputStream().write(buffer, 0, n);
            }
            return true;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static void writeAndEnd(Socket client, byte[] data) {
        try {
            client.getOutputStream().write(data);
            client.shutdownOutput();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
