package dev.weir.net.mux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Settings;
import dev.weir.base.time.Clock;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.Dialer;
import dev.weir.net.sock.ListeningSocket;
import dev.weir.wire.h1.H1Error;
import dev.weir.wire.h1.H1Limits;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.Heads;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Both roles over real sockets: a client of the JDK talks to an answering engine, which has an asking engine fetch the
 * answer from a second answering engine, which sends back what it gets.
 */
class H1SocketsTest {

    private static final byte[] OK = "OK".getBytes(StandardCharsets.US_ASCII);

    private final H1Setup setup = new H1Setup(new H1Limits(16384, 101, false), 65536, null, new Heads());
    private final LinkedBlockingQueue<String> serverEvents = new LinkedBlockingQueue<>();
    private Worker worker;
    private Listener front;
    private Listener back;
    private int backPort;

    /** Takes requests and has each answered in its own way. */
    private abstract static class Answering implements StreamFactory {
        @Override
        public void began() {
            // no time is kept here
        }

        @Override
        public void refused(Stream stream, H1Error error) {
            stream.sink().reset(Reason.PROTOCOL);
        }

        @Override
        public void idle() {
            // it waits as long as it likes
        }

        @Override
        public void draining() {
            // it sends as long as it likes
        }

        @Override
        public void gone() {
            // nothing is held
        }
    }

    private static final class Echo extends Answering {
        @Override
        public void requested(Stream stream) {
            stream.wire(new Copy(stream.sink(), true), stream.source());
        }
    }

    /** Passes a message on, as an answer to itself if asked to. */
    private record Copy(Sink to, boolean answers) implements Sink {
        @Override
        public void head(Kind kind, Head head) {
            if (answers) {
                Head answer = new Head();
                answer.setStatus(200, OK, 0, OK.length);
                answer.framing(head.framing() == Framing.NONE ? Framing.LENGTH : head.framing(), head.bodyLength());
                to.head(Kind.FINAL, answer);
            } else {
                to.head(kind, head);
            }
        }

        @Override
        public void data(ByteBuf slice) {
            to.data(slice);
        }

        @Override
        public void flush() {
            to.flush();
        }

        @Override
        public void end() {
            to.end();
        }

        @Override
        public void reset(Reason reason) {
            to.reset(reason);
        }
    }

    /** Asks on one connection, dialled with the first request and kept. */
    private final class Gateway extends Answering implements MuxOwner {

        private H1Mux server;

        @Override
        public void requested(Stream stream) {
            if (server != null) {
                forward(stream);
                return;
            }
            // what comes before the server is there waits with the reader, which has not been told where to
            stream.wire(new Early(stream, this), Source.NOBODY);
        }

        private void forward(Stream stream) {
            Stream to = server.send(new Copy(stream.sink(), false), stream.source());
            stream.wire(new Copy(to.sink(), false), to.source());
        }
    }

    /** The first request: small enough to be kept until the connection is open. */
    private final class Early implements Sink {

        private final Stream stream;
        private final Gateway gateway;
        private Head head;

        Early(Stream stream, Gateway gateway) {
            this.stream = stream;
            this.gateway = gateway;
        }

        @Override
        public void head(Kind kind, Head first) {
            head = first;
        }

        @Override
        public void data(ByteBuf slice) {
            slice.release();
            throw new IllegalStateException("the first request has no body here");
        }

        @Override
        public void flush() {
            // nothing has anywhere to go yet
        }

        @Override
        public void reset(Reason reason) {
            stream.sink().reset(reason);
        }

        @Override
        public void end() {
            Connection.dial(worker, Dialer.PLAIN, Address.ipv4(0x7f000001, backPort), null, new Mux() {
                @Override
                public void opened(Connection connection) {
                    gateway.server = H1Mux.asking(setup, new Owner(gateway));
                    connection.become(gateway.server);
                    Stream to = gateway.server.send(new Copy(stream.sink(), false), stream.source());
                    to.sink().head(Kind.REQUEST, head);
                    to.sink().end();
                    to.sink().flush();
                }

                @Override
                public void received(ByteBuf bytes) {
                    bytes.release();
                }

                @Override
                public void broken(Reason reason) {
                    stream.sink().reset(reason);
                }
            }, cause -> stream.sink().reset(Reason.REFUSED));
        }
    }

    private final class Owner implements MuxOwner {

        private final Gateway gateway;

        Owner(Gateway gateway) {
            this.gateway = gateway;
        }

        @Override
        public void idle() {
            serverEvents.add("idle");
        }

        @Override
        public void gone() {
            gateway.server = null;
            serverEvents.add("gone");
        }
    }

    private Listener listen(StreamFactory factory) {
        ListeningSocket socket = (ListeningSocket) ListeningSocket.open(worker.engine(), Address.ipv4(0x7f000001, 0),
                new Settings(), new ListeningSocket.Terms(true, 16, ".tmp"));
        socket.listen(16);
        Listener listener = new Listener(socket, worker, new Admission() {
            @Override
            public boolean enter() {
                return true;
            }

            @Override
            public boolean hasRoom() {
                return true;
            }
        }, new Acceptor() {
            @Override
            public Worker workerFor(Listener which) {
                return worker;
            }

            @Override
            public Mux engineFor(Worker which) {
                return new H1Mux(setup, factory);
            }
        }, Throwable::printStackTrace);
        listener.start();
        return listener;
    }

    private static int port(Listener listener) {
        return listener.socket().localAddress().port();
    }

    @AfterEach
    void stop() {
        if (front != null) {
            front.close();
            back.close();
            worker.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Engine.class, names = {"EPOLL", "IO_URING"})
    void carriesBigBodiesBothWaysOnKeptConnections(Engine engine) throws Exception {
        assumeTrue(engine.isAvailable());
        worker = new Worker(0, "h1-sockets", engine, Clock.SYSTEM);
        back = listen(new Echo());
        backPort = port(back);
        front = listen(new Gateway());
        URI uri = URI.create("http://127.0.0.1:" + port(front) + "/x");
        byte[] body = new byte[3_000_000];
        new Random(5).nextBytes(body);
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<byte[]> first = client.send(HttpRequest.newBuilder(uri).GET().build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertEquals("200 0", first.statusCode() + " " + first.body().length);
            assertIdle();
            for (int i = 0; i < 4; i++) {
                HttpRequest.BodyPublisher publisher = HttpRequest.BodyPublishers.ofByteArray(body);
                if (i % 2 == 1) {
                    publisher = HttpRequest.BodyPublishers.fromPublisher(publisher);
                }
                HttpResponse<byte[]> response = client.send(HttpRequest.newBuilder(uri).POST(publisher).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                assertArrayEquals(body, response.body());
                assertIdle();
            }
        }
    }

    /** The server's connection has been kept after each exchange. */
    private void assertIdle() throws InterruptedException {
        String event = serverEvents.poll(5, TimeUnit.SECONDS);
        assertNotNull(event);
        assertEquals("idle", event);
    }
}
