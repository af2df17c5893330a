package dev.weir.wire.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.text.Escaped;
import dev.weir.wire.h1.H1RequestParser.Progress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class H1RequestParserTest {

    private static final int MAX_HEAD = 15360;

    static List<String> rows() throws IOException {
        try (InputStream in = H1RequestParserTest.class.getResourceAsStream("requests.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> !l.startsWith("#")).toList();
        }
    }

    private static H1RequestParser parser() {
        return new H1RequestParser(MAX_HEAD, 101, false);
    }

    private static String text(ByteBuf in, int at, int count) {
        return in.toString(in.readerIndex() + at, count, StandardCharsets.ISO_8859_1);
    }

    /** The request as it would go on, without what says something about the connection. */
    static String summary(H1RequestParser parser, Progress progress, ByteBuf in) {
        if (progress != Progress.DONE) {
            return progress == Progress.NEED_MORE ? "more" : "" + parser.error().status();
        }
        H1Head h = parser.head();
        StringBuilder out = new StringBuilder(text(in, h.methodAt(), h.methodLength())).append(' ');
        if (h.schemeLength() > 0) {
            out.append(text(in, h.targetAt(), h.schemeLength())).append("://");
        }
        out.append(text(in, h.authorityAt(), h.authorityLength())).append(text(in, h.pathAt(), h.pathLength()));
        for (int i = 0; i < h.headers(); i++) {
            String name = text(in, h.nameAt(i), h.nameLength(i));
            if (!name.equals("connection")) {
                String value = text(in, h.valueAt(i), h.valueLength(i));
                out.append(" ~ ").append(name).append(':').append(value.isEmpty() ? "" : " " + value);
            }
        }
        return out.toString();
    }

    private static ByteBuf buffer(byte[] bytes) {
        return Unpooled.buffer().writeZero(5).skipBytes(5).writeBytes(bytes);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agreesWithHaproxy(String row) {
        String[] part = row.split(" ; ");
        ByteBuf in = buffer(Escaped.bytes(part[0]));
        H1RequestParser parser = parser();
        String found = summary(parser, parser.parse(in), in);
        if (part[1].equals("ok")) {
            assertTrue(found.length() > 3 && !found.equals("more"), found);
        } else {
            assertEquals(new String(Escaped.bytes(part[1]), StandardCharsets.ISO_8859_1), found);
        }
        assertEquals(5, in.readerIndex());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readsTheSameInPieces(String row) {
        byte[] bytes = Escaped.bytes(row.split(" ; ")[0]);
        same(bytes, new Random(bytes.length));
    }

    /** Whole, byte by byte and at random places: the same answer, the same head, the same bytes left. */
    private static void same(byte[] bytes, Random random) {
        ByteBuf whole = buffer(bytes);
        H1RequestParser expected = parser();
        Progress progress = expected.parse(whole);
        String summary = summary(expected, progress, whole);
        H1RequestParser parser = parser();
        for (int round = 0; round < 3; round++) {
            parser.reset();
            ByteBuf in = buffer(new byte[0]);
            Progress p = Progress.NEED_MORE;
            for (int at = 0; at < bytes.length && p == Progress.NEED_MORE;) {
                int size = Math.min(round == 0 ? 1 : 1 + random.nextInt(40), bytes.length - at);
                in.writeBytes(bytes, at, size);
                at += size;
                p = parser.parse(in);
            }
            assertEquals(summary, summary(parser, p, in));
            assertEquals(expected.error(), parser.error());
            assertEquals(expected.head().length(), parser.head().length());
        }
    }

    @Test
    void survivesMutationsAndPiecesAgree() throws IOException {
        fuzz(1, 20_000);
    }

    /** Arguments: seed and number of rounds. */
    public static void main(String[] args) throws IOException {
        fuzz(Long.parseLong(args[0]), Integer.parseInt(args[1]));
    }

    private static void fuzz(long seed, int rounds) throws IOException {
        Random random = new Random(seed);
        List<byte[]> corpus = new ArrayList<>();
        for (String row : rows()) {
            byte[] bytes = Escaped.bytes(row.split(" ; ")[0]);
            if (bytes.length < 1000) {
                corpus.add(bytes);
            }
        }
        byte[] alphabet = "\r\n :,;/*#ACaz09\0\t\"[]".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < rounds; i++) {
            byte[] bytes = corpus.get(random.nextInt(corpus.size())).clone();
            for (int n = random.nextInt(4); n > 0 && bytes.length > 0; n--) {
                int at = random.nextInt(bytes.length);
                byte any = random.nextBoolean() ? alphabet[random.nextInt(alphabet.length)] : (byte) random.nextInt();
                if (random.nextInt(3) == 0) {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    bytes = longer;
                }
                bytes[at] = any;
            }
            same(bytes, random);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GET / HTTP/1.1\\r\\n\\r\\n|NONE 0", "POST / HTTP/1.1\\r\\nContent-Length: 12\\r\\n\\r\\n|LENGTH 12",
        "POST / HTTP/1.1\\r\\nContent-Length: 0\\r\\n\\r\\n|LENGTH 0",
        "POST / HTTP/1.1\\r\\nTransfer-Encoding: Chunked\\r\\n\\r\\n|CHUNKED 0",
        "POST / HTTP/1.1\\r\\nContent-Length: 5\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n|CHUNKED 5 must-close",
        "POST / HTTP/1.0\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n|CHUNKED 0 must-close 1.0",
        "GET / HTTP/1.1\\r\\nConnection: close, Keep-Alive\\r\\n\\r\\n|NONE 0 close keep-alive",
        "GET / HTTP/1.1\\r\\nConnection: upgrade\\r\\n\\r\\n|NONE 0", "GET / HTTP/1.1\\r\\nUpgrade: x\\r\\n\\r\\n|NONE 0",
        "GET / HTTP/1.1\\r\\nUpgrade: x\\r\\nConnection: a,Upgrade\\r\\n\\r\\n|NONE 0 upgrade", "GET / HTTP/1.0\\r\\n\\r\\n|NONE 0 1.0"})
    void tellsFramingAndConnection(String request, String expected) {
        ByteBuf in = buffer(Escaped.bytes(request));
        H1RequestParser parser = parser();
        assertEquals(Progress.DONE, parser.parse(in));
        H1Head h = parser.head();
        assertEquals(expected, h.framing() + " " + h.contentLength() + (h.mustClose() ? " must-close" : "")
                + (h.saysClose() ? " close" : "") + (h.saysKeepAlive() ? " keep-alive" : "")
                + (h.asksUpgrade() ? " upgrade" : "") + (h.minorVersion() == 0 ? " 1.0" : ""));
    }

    @Test
    void takesPipelinedRequestsOneByOneWithOneParser() {
        ByteBuf in = buffer("GET /1 HTTP/1.1\r\nA: 1\r\n\r\n\r\nGET /2 HTTP/1.1\r\nB: 2\r\n\r\nGET /3"
                .getBytes(StandardCharsets.US_ASCII));
        H1RequestParser parser = parser();
        for (String expected : List.of("GET /1 ~ a: 1", "GET /2 ~ b: 2")) {
            Progress progress = parser.parse(in);
            assertEquals(expected, summary(parser, progress, in));
            assertEquals(0, parser.head().find(in, H1Name.of(expected.substring(9, 10)), 0));
            assertEquals(-1, parser.head().find(in, H1Name.HOST, 0));
            in.skipBytes(parser.head().length());
            parser.reset();
        }
        assertEquals(Progress.NEED_MORE, parser.parse(in));
    }

    @Test
    void acceptsUnsafeThingsOnlyWhenAsked() {
        byte[] request = Escaped.bytes("GET /a#b\\xe9 HTTP/1.1\\r\\nBad Name: x\\r\\n more\\r\\nX: a\\x00b\\r\\n\\r\\n");
        ByteBuf in = buffer(request);
        H1RequestParser lenient = new H1RequestParser(MAX_HEAD, 101, true);
        assertEquals("GET /a#b\u00e9 ~ x: a\0b", summary(lenient, lenient.parse(in), in));
        assertEquals(Progress.BAD, parser().parse(buffer(request)));
    }
}
