package dev.weir.net.mux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.time.Clock;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import dev.weir.text.Escaped;
import dev.weir.text.Escaping;
import dev.weir.wire.h1.H1Limits;
import dev.weir.wire.h1.H1Mutation;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.Heads;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two engines back to back, as in a proxy, played by scripts: {@code >} the client sends, {@code <} the server sends,
 * {@code s} the server has got, {@code c} the client has got, {@code e} what the owners were told. A bar instead of bytes
 * is the end of a direction, a cross the end of the connection.
 */
class H1MuxTest {

    private static final int WINDOW = 32;
    private static final Worker WORKER = new Worker(0, "h1-mux-test", Engine.NIO, Clock.SYSTEM);

    private final Heads heads = new Heads();
    private final H1Setup setup = new H1Setup(new H1Limits(2000, 20, false), WINDOW, null, heads);
    private final StringBuilder events = new StringBuilder();
    private final List<FakeChannel> servers = new ArrayList<>();
    private final List<Throwable> thrown = new ArrayList<>();
    private FakeChannel client;

    record Script(String name, List<String> steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Script> scripts() throws IOException {
        try (InputStream in = H1MuxTest.class.getResourceAsStream("h1mux.txt")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(all.split("(?m)^== ")).skip(1).map(block -> {
                List<String> lines = block.lines().filter(l -> !l.isBlank()).toList();
                return new Script(lines.getFirst(), lines.subList(1, lines.size()));
            }).toList();
        }
    }

    @AfterAll
    static void stop() {
        WORKER.shutdown();
    }

    private Connection connect(FakeChannel channel, Mux mux) {
        Connection connection = new Connection(WORKER, channel, mux);
        channel.pipeline().fireChannelActive();
        return connection;
    }

    private void begin() {
        client = new FakeChannel();
        H1Relay relay = new H1Relay(setup, () -> {
            FakeChannel channel = new FakeChannel();
            servers.add(channel);
            return connect(channel, Mux.NOBODY);
        }, events, thrown);
        connect(client, new Guard(new H1Mux(setup, relay), thrown));
    }

    /** Each step, and with it each message, is played whole and byte by byte. */
    @ParameterizedTest
    @MethodSource("scripts")
    void plays(Script script) {
        play(script, false);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void playsInSingleBytes(Script script) {
        play(script, true);
    }

    private void play(Script script, boolean bytes) {
        begin();
        for (String step : script.steps()) {
            String text = step.length() > 2 ? step.substring(2) : "";
            switch (step.charAt(0)) {
                case '>' -> give(client, text, bytes);
                case '<' -> give(servers.getLast(), text, bytes);
                case 's' -> assertSent(script, step, servers.getLast(), text, bytes);
                case 'c' -> assertSent(script, step, client, text, bytes);
                case 'e' -> {
                    // when an engine is idle depends on how the messages arrive
                    assertEquals(text, bytes ? text : events.toString().trim(), script.name());
                    events.setLength(0);
                }
                default -> throw new IllegalArgumentException(step);
            }
        }
        end();
    }

    /** The validator of every test here: nothing thrown, nothing kept. */
    private void end() {
        client.finishAndReleaseAll();
        servers.forEach(FakeChannel::finishAndReleaseAll);
        assertEquals(List.of(), thrown);
        assertEquals(0, heads.inUse());
    }

    private static void give(FakeChannel channel, String text, boolean bytes) {
        if (!channel.isOpen()) {
            return;
        }
        if (text.equals("|")) {
            channel.endInput();
        } else if (text.equals("x")) {
            channel.breakOff();
        } else {
            byte[] all = Escaped.bytes(text);
            int size = bytes ? 1 : all.length;
            for (int at = 0; at < all.length && channel.isOpen(); at += size) {
                ByteBuf piece = Unpooled.directBuffer(size).writeBytes(all, at, size);
                channel.writeInbound(piece);
            }
        }
    }

    private static void assertSent(Script script, String step, FakeChannel channel, String text, boolean bytes) {
        if (text.equals("|")) {
            assertTrue(channel.hasEnded(), script.name() + ": " + step);
        } else if (text.equals("x")) {
            assertTrue(!channel.isOpen(), script.name() + ": " + step);
        } else {
            String expected = Escaping.row(Escaped.bytes(text));
            String found = Escaping.row(channel.sent());
            assertEquals(bytes ? joined(expected) : expected, bytes ? joined(found) : found, script.name() + ": " + step);
        }
    }

    /** A body in chunks comes out in as many chunks as it came in pieces: leaves the lines out that tell their sizes. */
    private static String joined(String message) {
        String lines = message.replace("\\r\\n", "\n");
        return lines.matches("(?s).*(^|\n)[0-9a-f]+\n.*") ? lines.replaceAll("(?m)^[0-9a-f]{1,4}$", "")
                .replaceAll("\n", "") : message;
    }

    /** What a peer may have on the way is bounded by the window, and flows on with what the other side takes. */
    @Test
    void readsNoFurtherThanTheWindow() {
        begin();
        give(client, "POST / HTTP/1.1\\r\\nContent-Length: 100000\\r\\n\\r\\n", false);
        FakeChannel server = servers.getLast();
        server.config().setWriteBufferWaterMark(new io.netty.channel.WriteBufferWaterMark(1, 2));
        server.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        give(client, "x".repeat(WINDOW - 1), false);
        assertTrue(client.config().isAutoRead());
        give(client, "y", false);
        assertTrue(!client.config().isAutoRead());
        assertTrue(!server.isWritable());
        server.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        server.runPendingTasks();
        assertTrue(server.isWritable());
        assertTrue(client.config().isAutoRead());
        end();
    }

    /** Heads belong to a worker: an engine that has moved must not touch those of the worker it came from. */
    @Test
    void takesItsHeadsWhereItIs() {
        Heads others = new Heads();
        H1Mux asking = H1Mux.asking(setup, new Answers(events));
        client = new FakeChannel();
        connect(client, new Guard(asking, thrown));
        for (Heads mine : List.of(heads, others)) {
            asking.movedTo(new H1Setup(setup.limits(), WINDOW, null, mine));
            Head request = new Head();
            request.setMethod(new byte[] {'G', 'E', 'T'}, 0, 3);
            request.setTarget(new byte[] {'/'}, 0, 1);
            Stream stream = asking.send(new Answers(events), Source.NOBODY);
            stream.sink().head(Kind.REQUEST, request);
            stream.sink().end();
            stream.sink().flush();
            assertEquals("GET / HTTP/1.1\\r\\n\\r\\n", Escaping.row(client.sent()));
            assertEquals("1 of 1", mine.inUse() + " of " + (heads.inUse() + others.inUse()));
            give(client, "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\nT: x", false);
            assertEquals("2 of 2", mine.inUse() + " of " + (heads.inUse() + others.inUse()));
            give(client, "\\r\\n\\r\\n", false);
        }
        assertEquals("FINAL end idle FINAL end idle", events.toString().trim());
        assertEquals(0, others.inUse());
        end();
    }

    private record Answers(StringBuilder events) implements Sink, MuxOwner {
        @Override
        public void head(Kind kind, Head head) {
            events.append(kind).append(' ');
        }

        @Override
        public void data(ByteBuf slice) {
            slice.release();
        }

        @Override
        public void flush() {
            // nothing is written
        }

        @Override
        public void end() {
            events.append("end ");
        }

        @Override
        public void reset(Reason reason) {
            events.append(reason).append(' ');
        }

        @Override
        public void idle() {
            events.append("idle ");
        }

        @Override
        public void gone() {
            events.append("gone ");
        }
    }

    @Test
    void survivesAnythingInAnyOrder() throws IOException {
        fuzz(1, 3000);
    }

    /** Plays scripts with their messages broken, cut, repeated and out of turn. */
    static void fuzz(long seed, int rounds) throws IOException {
        Random random = new Random(seed);
        List<Script> scripts = scripts();
        for (int i = 0; i < rounds; i++) {
            H1MuxTest test = new H1MuxTest();
            test.begin();
            for (String step : scripts.get(random.nextInt(scripts.size())).steps()) {
                FakeChannel to = step.charAt(0) == '>' ? test.client
                        : step.charAt(0) == '<' && !test.servers.isEmpty() ? test.servers.getLast() : null;
                for (int n = random.nextInt(8) == 0 ? 2 : 1; n > 0 && to != null && step.length() > 2; n--) {
                    test.giveBroken(to, step.substring(2), random);
                }
            }
            test.end();
        }
    }

    private void giveBroken(FakeChannel channel, String text, Random random) {
        if (text.length() == 1) {
            give(channel, text, false);
            return;
        }
        byte[] bytes = random.nextInt(3) > 0 ? Escaped.bytes(text) : H1Mutation.of(Escaped.bytes(text), random);
        for (int at = 0; at < bytes.length && channel.isOpen();) {
            int size = Math.min(1 + random.nextInt(60), bytes.length - at);
            channel.writeInbound(Unpooled.directBuffer(size).writeBytes(bytes, at, size));
            at += size;
        }
    }
}
