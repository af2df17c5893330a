package dev.weir.wire.proxyv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.text.Escaped;
import dev.weir.wire.proxyv.HeaderReader.Progress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderReaderTest {

    static List<HeaderRows> rows() throws Exception {
        return HeaderRows.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readsWholeAndLeavesWhatFollows(HeaderRows row) {
        boolean done = row.verdict().equals("DONE");
        ByteBuf in = Unpooled.buffer().writeZero(3).skipBytes(3).writeBytes(row.bytes());
        if (done) {
            in.writeBytes("hi".getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals(row.verdict(), verdict(row.reader(), row.reader().read(in)));
        assertEquals(3 + (done ? row.bytes().length : 0), in.readerIndex());
        if (done) {
            assertEquals(row.source(), row.reader().header().source().toString());
            assertEquals(row.destination(), row.reader().header().destination().toString());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readsTheSameInPieces(HeaderRows row) {
        Random random = new Random(row.bytes().length);
        for (int round = 0; round < 5; round++) {
            int most = round == 0 ? 1 : 1 + random.nextInt(9);
            ByteBuf in = Unpooled.buffer();
            Progress progress = Progress.NEED_MORE;
            for (int at = 0; at < row.bytes().length && progress == Progress.NEED_MORE;) {
                int size = Math.min(1 + random.nextInt(most), row.bytes().length - at);
                in.writeBytes(row.bytes(), at, size);
                at += size;
                progress = row.reader().read(in);
            }
            assertEquals(row.verdict(), verdict(row.reader(), progress));
        }
    }

    private static String verdict(HeaderReader reader, Progress progress) {
        return progress == Progress.BAD ? reader.error().name() : progress.name();
    }

    @Test
    void keepsTlvsAndThoseInsideSsl() {
        // what HAProxy 2.6 sends for a TLS client with a certificate, ALPN and SNI
        byte[] bytes = java.util.HexFormat.of().parseHex("0d0a0d0a000d0a515549540a211100867f0000017f000001aa201bd1"
                + "0300041e2cff0d010003666f6f0200097777772e782e6f726705000b3132372e302e302e312d78200050070000000021000754"
                + "4c5376312e3322000e636c69656e742e6578616d706c652500075253413230343824000a5253412d534841323536230016544c"
                + "535f4145535f3235365f47434d5f534841333834");
        ProxyHeaderReader reader = new ProxyHeaderReader();
        assertEquals(Progress.DONE, reader.read(Unpooled.wrappedBuffer(bytes)));
        ProxyHeader header = reader.header();
        Object[][] expected = {{Tlv.ALPN, "foo"}, {Tlv.AUTHORITY, "www.x.org"}, {Tlv.UNIQUE_ID, "127.0.0.1-x"},
            {Tlv.SSL_VERSION, "TLSv1.3"}, {Tlv.SSL_CN, "client.example"}, {Tlv.SSL_KEY_ALG, "RSA2048"},
            {Tlv.SSL_SIG_ALG, "RSA-SHA256"}, {Tlv.SSL_CIPHER, "TLS_AES_256_GCM_SHA384"}};
        for (Object[] row : expected) {
            assertEquals(row[1], new String(header.tlv((int) row[0]), StandardCharsets.US_ASCII));
        }
        assertNull(header.tlv(Tlv.NETNS));
        assertNull(header.tlv(Tlv.ALPN, 1));
    }

    @Test
    void findsRepeatedTlvsInOrderAndDropsHugeOnes() {
        byte[] bytes = Escaped.bytes("\\r\\n\\r\\n\\0\\r\\nQUIT\\n\\x21\\x11\\x04\\x1b\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08"
                + "\\x00\\x01\\x00\\x02\\xe0\\x00\\x01a\\xe1\\x04\\x01{z*1025}\\xe0\\x00\\x01b\\x20\\x00\\x00");
        bytes[14] = (byte) (bytes.length - 16 >> 8);
        bytes[15] = (byte) (bytes.length - 16);
        ProxyHeaderReader reader = new ProxyHeaderReader();
        assertEquals(Progress.DONE, reader.read(Unpooled.wrappedBuffer(bytes)));
        assertArrayEquals(new byte[] {'a'}, reader.header().tlv(0xe0));
        assertArrayEquals(new byte[] {'b'}, reader.header().tlv(0xe0, 1));
        assertNull(reader.header().tlv(0xe0, 2));
        assertNull(reader.header().tlv(0xe1));
        assertEquals(0, reader.header().tlv(Tlv.SSL).length);
    }

    @Test
    void namesTheReasonWhenTheConnectionGoes() {
        HeaderReader proxy = new ProxyHeaderReader();
        HeaderReader cip = new NetScalerCipReader(1);
        assertEquals(List.of(11, 14, 12, 13, 18, 21, 19, 20), List.of(proxy.onEnd(false).code(), proxy.onEnd(true).code(),
                proxy.onError().code(), proxy.onTimeout().code(), cip.onEnd(false).code(), cip.onEnd(true).code(),
                cip.onError().code(), cip.onTimeout().code()));
        assertTrue(HeaderError.PRX_TRUNCATED.text().startsWith("Truncated"));
    }
}
