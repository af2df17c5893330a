package dev.weir.net.mux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.time.Clock;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import dev.weir.wire.h2.H2Frames;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.Heads;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An engine that answers, with an owner that answers at once, fed with frames. */
class H2MuxTest {

    private static final Worker WORKER = new Worker(0, "h2-mux-test", Engine.NIO, Clock.SYSTEM);
    private static final String SETTINGS = "000000 04 00 00000000";
    private static final String ACK = "000000 04 01 00000000";
    /** GET http://a/ as a block. */
    private static final String GET = "82 86 84 41 01 61";

    private final Heads heads = new Heads();
    private final FakeChannel channel = new FakeChannel();
    private final List<Throwable> thrown = new ArrayList<>();
    private final StringBuilder events = new StringBuilder();
    private final Answering owner = new Answering();
    private H2Mux mux;

    /** Takes requests, keeps what it is given until told to give credit, and answers with two bytes. */
    private final class Answering implements H2Owner {

        private final List<ByteBuf> kept = new ArrayList<>();
        private final List<Stream> keptFor = new ArrayList<>();
        private boolean answers = true;
        private int bodyBytes = 2;

        @Override
        public void requested(H2Stream stream) {
            events.append("requested:").append(stream.id()).append(' ');
            stream.wire(new Request(stream), Source.NOBODY);
        }

        @Override
        public boolean over(H2Stream stream) {
            events.append("over:").append(stream.id()).append(' ');
            return true;
        }

        @Override
        public void idle() {
            events.append("idle ");
        }

        @Override
        public void gone() {
            events.append("gone ");
        }

        private void drop() {
            kept.forEach(ByteBuf::release);
            kept.clear();
        }
    }

    private final class Request implements Sink {

        private final H2Stream stream;

        Request(H2Stream stream) {
            this.stream = stream;
        }

        @Override
        public void head(Kind kind, Head head) {
            // what is answered does not depend on it
        }

        @Override
        public void data(ByteBuf slice) {
            owner.kept.add(slice);
            owner.keptFor.add(stream);
        }

        @Override
        public void flush() {
            // nothing is passed on
        }

        @Override
        public void end() {
            if (owner.answers) {
                answer(stream);
            }
        }

        @Override
        public void reset(Reason reason) {
            events.append("reset:").append(stream.id()).append(':').append(reason).append(' ');
        }
    }

    private void answer(Stream stream) {
        Head head = new Head();
        byte[] reason = "OK".getBytes(StandardCharsets.US_ASCII);
        head.setStatus(200, reason, 0, reason.length);
        head.framing(Framing.LENGTH, owner.bodyBytes);
        Sink out = stream.sink();
        out.head(Kind.FINAL, head);
        out.data(Unpooled.wrappedBuffer(new byte[owner.bodyBytes]));
        out.end();
        out.flush();
    }

    private void begin(H2Terms terms) {
        mux = H2Mux.answering(new H2Setup(terms, 16384, 101, heads), owner);
        new Connection(WORKER, channel, new Guard(mux, thrown));
        channel.pipeline().fireChannelActive();
        give(Unpooled.copiedBuffer(H2Frames.PREFACE));
    }

    private void give(ByteBuf bytes) {
        if (channel.isOpen()) {
            channel.writeInbound(bytes);
            mux.turnEnded();
            mux.turnEnded();
        } else {
            bytes.release();
        }
    }

    private void give(String frames) {
        give(Unpooled.wrappedBuffer(HexFormat.of().parseHex(frames.replace(" ", ""))));
    }

    /** The types of the frames that were sent, with streams where there are any and codes of ends. */
    private String sent() {
        return frames(Unpooled.wrappedBuffer(channel.sent()));
    }

    static String frames(ByteBuf bytes) {
        StringBuilder text = new StringBuilder();
        while (bytes.readableBytes() >= H2Frames.HEADER) {
            int length = bytes.readUnsignedMedium();
            int type = bytes.readUnsignedByte();
            int flags = bytes.readUnsignedByte();
            int stream = bytes.readInt();
            ByteBuf payload = bytes.readSlice(length);
            text.append(text.isEmpty() ? "" : " ").append(switch (type) {
                case H2Frames.DATA -> "data:" + stream + ":" + length + (flags == 1 ? "." : "");
                case H2Frames.HEADERS -> "headers:" + stream + ((flags & 1) == 1 ? "." : "");
                case H2Frames.RST_STREAM -> "reset:" + stream + ":" + payload.readInt();
                case H2Frames.SETTINGS -> flags == 1 ? "ack" : "settings";
                case H2Frames.PING -> "pong";
                case H2Frames.GOAWAY -> "goaway:" + payload.readInt() + ":" + payload.readInt();
                case H2Frames.WINDOW_UPDATE -> "window:" + stream + ":" + payload.readInt();
                default -> "type" + type;
            });
        }
        return text.toString();
    }

    /** The worker has no turns here: what waits for the end of one is let go. */
    private static void endTurn() {
        try {
            Field ending = Worker.class.getDeclaredField("ending");
            ending.setAccessible(true);
            ((Collection<?>) ending.get(WORKER)).clear();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private void end() {
        channel.finishAndReleaseAll();
        endTurn();
        owner.drop();
        assertEquals(List.of(), thrown);
        assertEquals(0, heads.inUse());
    }

    @AfterAll
    static void stop() {
        WORKER.shutdown();
    }

    @Test
    void answersManyStreams() {
        begin(H2Terms.USUAL);
        give(SETTINGS + ACK);
        sent();
        give("000006 01 05 00000001" + GET + "000006 01 05 00000003" + GET);
        assertEquals("headers:1 data:1:2. headers:3 data:3:2.", sent());
        assertEquals("requested:1 requested:3 over:1 over:3 idle", events.toString().trim());
        end();
    }

    /** The answer waits for the window of its stream, and another one goes past it. */
    @Test
    void aStreamWithoutWindowWaitsAlone() {
        begin(H2Terms.USUAL);
        give("000006 04 00 00000000 0004 00000001" + ACK);
        sent();
        give("000006 01 05 00000001" + GET + "000006 01 05 00000003" + GET);
        assertEquals("headers:1 data:1:1 headers:3 data:3:1", sent());
        give("000004 08 00 00000003 00000005");
        assertEquals("data:3:1.", sent());
        give("000006 04 00 00000000 0004 00000002");
        assertEquals("ack data:1:1.", sent());
        end();
    }

    @Test
    void theWindowOfTheConnectionIsKept() {
        owner.bodyBytes = 65535 + 1000;
        begin(H2Terms.USUAL);
        give("000006 04 00 00000000 0004 00100000" + ACK);
        sent();
        give("000006 01 05 00000001" + GET);
        assertEquals("headers:1 data:1:16384 data:1:16384 data:1:16384 data:1:16383", sent());
        give("000004 08 00 00000000 000003e8");
        assertEquals("data:1:1000.", sent());
        end();
    }

    /** What a stream may send comes back with the credit, and grows as long as it does. */
    @Test
    void creditOpensTheWindow() {
        owner.answers = false;
        begin(new H2Terms(100, 400, 100, 16384, 4096, 0, 0, true, 1_400_000));
        give(SETTINGS + ACK);
        sent();
        give("000006 01 04 00000001" + GET + "000064 00 00 00000001" + "00".repeat(100));
        assertEquals("", sent());
        owner.keptFor.getFirst().source().credit(60);
        mux.turnEnded();
        assertEquals("window:1:60", sent());
        owner.keptFor.getFirst().source().credit(40);
        mux.turnEnded();
        assertEquals("window:1:140", sent());
        give("0000c9 00 00 00000001" + "00".repeat(201));
        assertEquals("reset:1:3", sent());
        end();
    }

    /** A hundred streams that nobody reads hold their windows and nothing else, and the next one goes through. */
    @Test
    void pausedStreamsDoNotStallTheNext() {
        owner.answers = false;
        begin(new H2Terms(1000, 1000, 200, 16384, 4096, 0, 0, true, 1_400_000));
        give(SETTINGS + ACK);
        for (int i = 0; i < 100; i++) {
            String id = HexFormat.of().toHexDigits(2 * i + 1);
            give("000006 01 04" + id + GET + "0003e8 00 00" + id + "00".repeat(1000));
        }
        int held = owner.kept.stream().mapToInt(ByteBuf::readableBytes).sum();
        assertEquals(100_000, held);
        sent();
        owner.answers = true;
        give("000006 01 05 000000c9" + GET);
        assertEquals("headers:201 data:201:2.", sent());
        end();
    }

    @Test
    void moreStreamsThanAllowedAreRefused() {
        owner.answers = false;
        begin(new H2Terms(1000, 1000, 2, 16384, 4096, 0, 0, true, 1_400_000));
        give(SETTINGS + ACK);
        sent();
        give("000006 01 05 00000001" + GET + "000006 01 05 00000003" + GET + "000006 01 05 00000005" + GET);
        assertEquals("reset:5:7", sent());
        end();
    }

    @Test
    void leavesSoftlyBehindTheLastStream() {
        owner.answers = false;
        begin(new H2Terms(1000, 1000, 2, 16384, 4096, 0, 0, true, 1_400_000));
        give(SETTINGS + ACK + "000006 01 04 00000001" + GET);
        sent();
        mux.leaveSoftly();
        mux.turnEnded();
        assertEquals("goaway:5:0", sent());
        owner.answers = true;
        // one that was on its way is still taken, the others are not
        give("000006 01 05 00000003" + GET + "000006 01 05 00000007" + GET);
        assertEquals("headers:3 data:3:2. reset:7:7", sent());
        assertTrue(channel.isOpen());
        give("000000 00 01 00000001");
        assertEquals("headers:1 data:1:2. goaway:7:0", sent());
        assertFalse(channel.isOpen());
        end();
    }

    @Test
    void leavesAfterSoManyStreams() {
        begin(new H2Terms(1000, 1000, 2, 16384, 4096, 2, 0, true, 1_400_000));
        give(SETTINGS + ACK);
        sent();
        give("000006 01 05 00000001" + GET);
        assertEquals("headers:1 data:1:2.", sent());
        give("000006 01 05 00000003" + GET);
        assertEquals("headers:3 data:3:2. goaway:7:0", sent().replaceFirst("^goaway\\S+ ", "").replace("goaway:3:0",
                "goaway:7:0"));
        assertFalse(channel.isOpen());
        end();
    }

    @Test
    void glitchesEndTheConnection() {
        begin(new H2Terms(1000, 1000, 100, 16384, 4096, 0, 4, true, 1_400_000));
        give(SETTINGS + ACK);
        sent();
        // settings acknowledged that nobody sent
        give(ACK);
        give(ACK);
        assertTrue(channel.isOpen());
        give(ACK);
        assertFalse(channel.isOpen(), "asked to leave with nothing under way");
        assertEquals("goaway:0:0", sent());
        end();
    }

    /** Each kind of abuse has its row: as often as it is written it is borne with, a hundred times that it is not. */
    @Test
    void boundsEachAbuse() {
        for (H2Abuse abuse : H2Abuse.values()) {
            H2MuxTest fresh = new H2MuxTest();
            fresh.owner.answers = false;
            fresh.begin(H2Terms.USUAL);
            fresh.give(SETTINGS + ACK);
            int number = 1;
            int given = 0;
            for (; given < 3 * abuse.burst && fresh.channel.isOpen(); given++) {
                fresh.give(once(abuse, number));
                number += 2;
            }
            assertFalse(fresh.channel.isOpen(), abuse + " goes on for ever");
            assertTrue(given >= abuse.burst / 2, abuse + " ended after " + given);
            assertTrue(fresh.sent().matches("(?s).*goaway:\\d+:11"), abuse + " ended without a word");
            fresh.end();
        }
    }

    private static String once(H2Abuse abuse, int number) {
        String id = HexFormat.of().toHexDigits(number);
        return switch (abuse) {
            case RESET -> "000006 01 05" + id + GET + "000004 03 00" + id + "00000008";
            case SETTINGS -> SETTINGS;
            case PING -> "000008 06 00 00000000 0000000000000001";
            case PRIORITY -> "000005 02 00 00000003 00000000 10";
            case UNKNOWN -> "000000 63 00 00000000";
            case EMPTY -> number == 1 ? "000006 01 04" + id + GET : "000000 00 00 00000001";
            case TINY_WINDOW -> "000004 08 00 00000000 00000001";
            case MALFORMED -> "000001 01 05" + id + "82";
        };
    }

    @Test
    void aBudgetComesBackWithTime() {
        H2Budget budget = new H2Budget(0);
        int spent = 0;
        while (budget.spend(H2Abuse.SETTINGS, 0)) {
            spent++;
        }
        assertEquals(H2Abuse.SETTINGS.burst, spent);
        assertFalse(budget.spend(H2Abuse.SETTINGS, 50));
        assertTrue(budget.spend(H2Abuse.SETTINGS, 1000));
    }

    @Test
    void survivesAnything() {
        fuzz(5, 300);
    }

    static void fuzz(long seed, int rounds) {
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            H2MuxTest test = new H2MuxTest();
            test.owner.answers = random.nextBoolean();
            test.begin(new H2Terms(100, 400, 5, 16384, 4096, random.nextInt(3) * 5, random.nextInt(3) * 10, true, 1_400_000));
            test.give(SETTINGS);
            for (int i = 0; i < 60; i++) {
                ByteBuf frame = Unpooled.buffer();
                byte[] payload = payload(random);
                int stream = random.nextInt(12);
                int type = random.nextInt(3) == 0 ? random.nextInt(11) : random.nextBoolean() ? 1 : 0;
                H2Frames.header(payload.length, type, random.nextInt(2) * 4 + random.nextInt(2), stream, frame);
                frame.writeBytes(payload);
                test.give(frame);
                if (random.nextInt(4) == 0 && !test.owner.keptFor.isEmpty()) {
                    test.owner.keptFor.get(random.nextInt(test.owner.keptFor.size())).source().credit(10);
                }
            }
            test.end();
        }
        fuzzServers(seed, rounds);
    }

    /** The same of an engine that asks. */
    @Test
    void survivesAnyServer() {
        fuzzServers(6, 300);
    }

    private static void fuzzServers(long seed, int rounds) {
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            H2MuxTest test = new H2MuxTest();
            test.owner.answers = false;
            test.mux = H2Mux.asking(new H2Setup(new H2Terms(100, 400, 5, 16384, 4096, 0, random.nextInt(3) * 10, false,
                    1_400_000), 16384, 101, test.heads), test.owner, false);
            new Connection(WORKER, test.channel, new Guard(test.mux, test.thrown));
            test.channel.pipeline().fireChannelActive();
            for (int i = 0; i < 3; i++) {
                test.ask(random);
            }
            test.give(SETTINGS);
            for (int i = 0; i < 40; i++) {
                ByteBuf frame = Unpooled.buffer();
                boolean status = random.nextInt(3) == 0;
                byte[] payload = status ? new byte[] {(byte) (0x88 + random.nextInt(7))} : payload(random);
                int type = status ? 1 : random.nextInt(10);
                H2Frames.header(payload.length, type, random.nextInt(2) * 4 + random.nextInt(2), random.nextInt(8), frame);
                frame.writeBytes(payload);
                test.give(frame);
                if (random.nextInt(8) == 0 && test.mux.hasRoom() && test.channel.isOpen()) {
                    test.ask(random);
                }
            }
            test.end();
        }
    }

    private void ask(Random random) {
        H2Stream[] asked = {null};
        Stream stream = mux.send(new Sink() {
            @Override
            public void head(Kind kind, Head head) {
                if (random.nextInt(10) == 0) {
                    asked[0].source().abort(Reason.ABANDONED);
                }
            }

            @Override
            public void data(ByteBuf slice) {
                int length = slice.readableBytes();
                slice.release();
                asked[0].source().credit(length);
            }

            @Override
            public void flush() {
                // nothing is passed on
            }

            @Override
            public void end() {
                events.append("answered ");
            }

            @Override
            public void reset(Reason reason) {
                events.append(reason).append(' ');
            }
        }, Source.NOBODY);
        asked[0] = (H2Stream) stream;
        Head head = new Head();
        byte[] method = (random.nextInt(4) == 0 ? "CONNECT" : "POST").getBytes(StandardCharsets.US_ASCII);
        byte[] path = "/".getBytes(StandardCharsets.US_ASCII);
        head.setMethod(method, 0, method.length);
        head.setTarget(path, 0, 1);
        head.framing(Framing.CHUNKED, 0);
        stream.sink().head(Kind.REQUEST, head);
        stream.sink().data(Unpooled.wrappedBuffer(new byte[10]));
        stream.sink().end();
        stream.sink().flush();
        mux.turnEnded();
    }

    private static byte[] payload(Random random) {
        if (random.nextBoolean()) {
            return HexFormat.of().parseHex(GET.replace(" ", ""));
        }
        byte[] bytes = new byte[new int[] {0, 4, 5, 6, 8, 20}[random.nextInt(6)]];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        }
        return bytes;
    }
}
