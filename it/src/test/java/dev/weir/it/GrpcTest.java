package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** gRPC with a client and a server that others have written: messages both ways at once, one way, statuses, deadlines. */
class GrpcTest {

    private static final int MESSAGES = Integer.getInteger("it.grpc.messages", 100_000);
    private static final Stage STAGE = new Stage();
    private static final MethodDescriptor<byte[], byte[]> BOTH = method("Both", MethodType.BIDI_STREAMING);
    private static final MethodDescriptor<byte[], byte[]> UP = method("Up", MethodType.CLIENT_STREAMING);
    private static final MethodDescriptor<byte[], byte[]> DOWN = method("Down", MethodType.SERVER_STREAMING);
    private static final MethodDescriptor<byte[], byte[]> ONE = method("One", MethodType.UNARY);

    private static Server server;
    private static ManagedChannel channel;

    private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
        return MethodDescriptor.newBuilder(new Bytes(), new Bytes()).setType(type).setFullMethodName("weir.Test/" + name).build();
    }

    /** Messages as they are. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream in) {
            try {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeAll
    static void start() throws IOException {
        server = NettyServerBuilder.forPort(0).directExecutor().addService(ServerServiceDefinition.builder("weir.Test")
                .addMethod(BOTH, ServerCalls.asyncBidiStreamingCall(GrpcTest::echo))
                .addMethod(UP, ServerCalls.asyncClientStreamingCall(GrpcTest::count))
                .addMethod(DOWN, ServerCalls.asyncServerStreamingCall(GrpcTest::repeat))
                .addMethod(ONE, ServerCalls.asyncUnaryCall(GrpcTest::answer)).build()).build().start();
        Proxy proxy = STAGE.add(Product.WEIR.launch().port("server", server.getPort()).start("""
                defaults
                    mode http
                    timeout connect 2s
                    timeout client 20s
                    timeout server 20s
                frontend grpc
                    bind 127.0.0.1:{port:grpc} proto h2
                    default_backend servers
                backend servers
                    server s 127.0.0.1:{port:server} proto h2
                """));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", proxy.port("grpc")).usePlaintext().directExecutor().build();
    }

    @AfterAll
    static void stop() throws Exception {
        channel.shutdownNow();
        server.shutdownNow();
        STAGE.clear();
    }

    private static StreamObserver<byte[]> echo(StreamObserver<byte[]> client) {
        return new StreamObserver<>() {
            @Override
            public void onNext(byte[] message) {
                client.onNext(message);
            }

            @Override
            public void onError(Throwable gone) {
                // the client has left
            }

            @Override
            public void onCompleted() {
                client.onCompleted();
            }
        };
    }

    private static StreamObserver<byte[]> count(StreamObserver<byte[]> client) {
        Counter counter = new Counter();
        counter.done.whenComplete((all, failed) -> {
            client.onNext(bytes(Integer.toString(counter.seen)));
            client.onCompleted();
        });
        return counter;
    }

    private static void repeat(byte[] message, StreamObserver<byte[]> client) {
        for (int i = 0; i < 1000; i++) {
            client.onNext(message);
        }
        client.onCompleted();
    }

    /** What is asked for is answered, or refused, or never answered. */
    private static void answer(byte[] message, StreamObserver<byte[]> client) {
        switch (new String(message, StandardCharsets.UTF_8)) {
            case "refuse" -> client.onError(Status.FAILED_PRECONDITION.withDescription("not so").asRuntimeException());
            case "wait" -> { }
            default -> {
                client.onNext(message);
                client.onCompleted();
            }
        }
    }

    /** Counts messages and keeps nothing of them. */
    private static final class Counter implements StreamObserver<byte[]> {

        private final CompletableFuture<Integer> done = new CompletableFuture<>();
        private int seen;
        private long sum;

        @Override
        public void onNext(byte[] message) {
            seen++;
            sum += Integer.parseInt(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void onError(Throwable failed) {
            done.completeExceptionally(failed);
        }

        @Override
        public void onCompleted() {
            done.complete(seen);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void streamsBothWaysAtOnce() throws Exception {
        Counter answers = new Counter();
        StreamObserver<byte[]> requests = ClientCalls.asyncBidiStreamingCall(channel.newCall(BOTH, CallOptions.DEFAULT),
                answers);
        long sum = 0;
        for (int i = 0; i < MESSAGES; i++) {
            requests.onNext(bytes(Integer.toString(i)));
            sum += i;
        }
        requests.onCompleted();
        assertEquals(MESSAGES, answers.done.get(60, TimeUnit.SECONDS));
        assertEquals(sum, answers.sum);
    }

    @Test
    void streamsOneWay() throws Exception {
        Counter counted = new Counter();
        StreamObserver<byte[]> requests = ClientCalls.asyncClientStreamingCall(channel.newCall(UP, CallOptions.DEFAULT),
                counted);
        for (int i = 0; i < 1000; i++) {
            requests.onNext(bytes("1"));
        }
        requests.onCompleted();
        counted.done.get(20, TimeUnit.SECONDS);
        assertEquals(1000, counted.sum);
        Iterator<byte[]> answers = ClientCalls.blockingServerStreamingCall(channel, DOWN, CallOptions.DEFAULT, bytes("7"));
        int seen = 0;
        while (answers.hasNext()) {
            assertEquals("7", new String(answers.next(), StandardCharsets.UTF_8));
            seen++;
        }
        assertEquals(1000, seen);
    }

    /** Statuses are trailers, also where nothing comes before them; a deadline is the client's own. */
    @Test
    void tellsStatuses() {
        assertEquals("hello", new String(ClientCalls.blockingUnaryCall(channel, ONE, CallOptions.DEFAULT, bytes("hello")),
                StandardCharsets.UTF_8));
        StatusRuntimeException refused = assertThrows(StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(channel, ONE, CallOptions.DEFAULT, bytes("refuse")));
        assertEquals("FAILED_PRECONDITION: not so", refused.getMessage());
        StatusRuntimeException late = assertThrows(StatusRuntimeException.class, () -> ClientCalls.blockingUnaryCall(channel,
                ONE, CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS), bytes("wait")));
        assertTrue(late.getMessage().startsWith("DEADLINE_EXCEEDED"), late.getMessage());
        assertEquals("again", new String(ClientCalls.blockingUnaryCall(channel, ONE, CallOptions.DEFAULT, bytes("again")),
                StandardCharsets.UTF_8));
    }
}
