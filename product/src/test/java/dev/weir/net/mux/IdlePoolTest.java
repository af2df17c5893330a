package dev.weir.net.mux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.base.address.Address;
import dev.weir.base.time.Clock;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.Dialer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two workers, two clients one after the other, one server connection. */
class IdlePoolTest {

    private Worker[] workers;
    private IdlePool[] pools;
    private final AtomicInteger accepted = new AtomicInteger();

    private void start(Engine engine) {
        assumeTrue(engine.isAvailable());
        workers = new Worker[] {new Worker(0, "t0", engine, Clock.SYSTEM), new Worker(1, "t1", engine, Clock.SYSTEM)};
        pools = IdlePool.forWorkers(workers);
    }

    @AfterEach
    void stop() {
        for (Worker worker : workers) {
            worker.shutdown();
        }
    }

    /** Asks the server once and says what it answered. */
    private static final class Asker implements Mux {

        private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
        private final String question;
        private Thread on;

        Asker(String question) {
            this.question = question;
        }

        @Override
        public void opened(Connection connection) {
            on = Thread.currentThread();
            connection.write(Unpooled.copiedBuffer(question, StandardCharsets.US_ASCII));
            connection.flush();
        }

        @Override
        public void received(ByteBuf bytes) {
            answers.add(bytes.toString(StandardCharsets.US_ASCII) + " on " + on.getName().equals(Thread.currentThread().getName()));
            bytes.release();
        }

        @Override
        public void broken(Reason reason) {
            answers.add("broken");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aConnectionGoesToTheWorkerThatClaimsIt(Engine engine) throws Exception {
        start(engine);
        IdleShare share = new IdleShare(2);
        PoolKey key = PoolKey.plain(share);
        try (ServerSocket origin = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> echo(origin));
            Asker first = new Asker("first");
            CompletableFuture<Connection> dialled = new CompletableFuture<>();
            workers[0].execute(() -> dialled.complete(Connection.dial(workers[0], Dialer.PLAIN,
                    Address.ipv4(0x7f000001, origin.getLocalPort()), null, first, dialled::completeExceptionally)));
            assertEquals("first on true", first.answers.poll(5, TimeUnit.SECONDS));

            onWorker(0, () -> pools[0].put(key, dialled.join()));
            assertEquals(1, share.total());

            Asker second = new Asker("second");
            CompletableFuture<Connection> claimed = new CompletableFuture<>();
            workers[1].execute(() -> pools[1].claim(key, connection -> {
                connection.become(second);
                claimed.complete(connection);
            }));
            assertSame(dialled.join(), claimed.get(5, TimeUnit.SECONDS));
            assertEquals("second on true", second.answers.poll(5, TimeUnit.SECONDS));
            assertSame(workers[1], claimed.join().worker());
            assertEquals(0, share.total());
            assertEquals(1, accepted.get());

            // and back again, to see that a connection can change its worker more than once
            onWorker(1, () -> pools[1].put(key, claimed.join()));
            Asker third = new Asker("third");
            workers[0].execute(() -> pools[0].claim(key, connection -> connection.become(third)));
            assertEquals("third on true", third.answers.poll(5, TimeUnit.SECONDS));
            assertEquals(1, accepted.get());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void anIdleConnectionThatTheServerClosesIsForgotten(Engine engine) throws Exception {
        start(engine);
        IdleShare share = new IdleShare(2);
        PoolKey key = PoolKey.plain(share);
        try (ServerSocket origin = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Asker asker = new Asker("x");
            CompletableFuture<Connection> dialled = new CompletableFuture<>();
            workers[0].execute(() -> dialled.complete(Connection.dial(workers[0], Dialer.PLAIN,
                    Address.ipv4(0x7f000001, origin.getLocalPort()), null, asker, dialled::completeExceptionally)));
            try (Socket served = origin.accept()) {
                assertEquals('x', served.getInputStream().read());
                onWorker(0, () -> pools[0].put(key, dialled.join()));
                assertEquals(1, share.total());
            }
            for (int i = 0; i < 500 && share.total() > 0; i++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertEquals(0, share.total());
            CompletableFuture<Connection> claimed = new CompletableFuture<>();
            workers[1].execute(() -> pools[1].claim(key, claimed::complete));
            assertNull(claimed.get(5, TimeUnit.SECONDS));
        }
    }

    private void onWorker(int index, Runnable task) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        workers[index].execute(() -> {
            task.run();
            done.complete(null);
        });
        done.get(5, TimeUnit.SECONDS);
    }

    private void echo(ServerSocket origin) {
        try {
            while (true) {
                Socket socket = origin.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        socket.getInputStream().transferTo(socket.getOutputStream());
                    } catch (java.io.IOException e) {
                        // the test is over
                    }
                });
            }
        } catch (java.io.IOException e) {
            // the test is over
        }
    }
}
