package dev.weir.wire.proxyv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.address.Address;
import dev.weir.base.address.IpText;
import dev.weir.wire.proxyv.HeaderReader.Progress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected bytes are what HAProxy 2.6 sent for the same addresses and options. */
class ProxyHeaderWriterTest {

    private static Address address(String text, int port) {
        return text == null ? Address.NONE : text.startsWith("/") ? Address.unix(text) : IpText.parse(text).withPort(port);
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "127.0.0.1|127.0.0.1|50006|7101|PROXY TCP4 127.0.0.1 127.0.0.1 50006 7101",
        "::1|::1|43062|7101|PROXY TCP6 ::1 ::1 43062 7101",
        "2001:db8::1|127.0.0.1|60962|7104|PROXY TCP6 2001:db8::1 ::ffff:127.0.0.1 60962 7104",
        "1.2.3.4|::2|1|2|PROXY TCP6 ::ffff:1.2.3.4 ::2 1 2",
        "/s|127.0.0.1|0|1|PROXY UNKNOWN",
        "|127.0.0.1|0|1|PROXY UNKNOWN"})
    void writesVersion1(String from, String to, int fromPort, int toPort, String line) {
        ByteBuf out = Unpooled.buffer();
        ProxyHeaderWriter.writeV1(out, address(from, fromPort), address(to, toPort));
        assertEquals(line + "\r\n", out.toString(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "127.0.0.1|127.0.0.1|58220|7102|0d0a0d0a000d0a515549540a2111000c7f0000017f000001e36c1bbe",
        "::1|::1|45362|7102|0d0a0d0a000d0a515549540a212100240000000000000000000000000000000100000000000000000000000000000001b1321bbe",
        "2001:db8::1|127.0.0.1|58898|7105|0d0a0d0a000d0a515549540a2121002420010db800000000000000000000000100000000000000000000ffff7f000001e6121bc1",
        "/s|/s|0|0|0d0a0d0a000d0a515549540a20000000"})
    void writesVersion2(String from, String to, int fromPort, int toPort, String hex) {
        ByteBuf out = Unpooled.buffer();
        assertTrue(ProxyHeaderWriter.writeV2(out, address(from, fromPort), address(to, toPort), new ProxyV2Fields()));
        assertEquals(hex, ByteBufUtil.hexDump(out));
    }

    @Test
    void writesAllOptionsInHaproxysOrder() {
        ProxyV2Fields fields = new ProxyV2Fields().crc32c().alpn(text("foo")).authority(text("www.x.org"))
                .uniqueId(text("127.0.0.1-x")).ssl(7, 0).sslVersion(text("TLSv1.3")).sslCn(text("client.example"))
                .sslKeyAlgorithm(text("RSA2048")).sslSignatureAlgorithm(text("RSA-SHA256"))
                .sslCipher(text("TLS_AES_256_GCM_SHA384"));
        ByteBuf out = Unpooled.buffer();
        ProxyHeaderWriter.writeV2(out, address("127.0.0.1", 0xaa20), address("127.0.0.1", 7121), fields);
        assertEquals("0d0a0d0a000d0a515549540a211100867f0000017f000001aa201bd10300041e2cff0d010003666f6f020009"
                + "7777772e782e6f726705000b3132372e302e302e312d782000500700000000210007544c5376312e3322000e636c69656e742e"
                + "6578616d706c652500075253413230343824000a5253412d534841323536230016544c535f4145535f3235365f47434d5f5348"
                + "41333834", ByteBufUtil.hexDump(out));
    }

    @Test
    void writesLocalWithTlvsAndEmptyOnes() {
        ByteBuf out = Unpooled.buffer();
        ProxyV2Fields fields = new ProxyV2Fields().crc32c().uniqueId(text("unix-x")).ssl(0, 0);
        ProxyHeaderWriter.writeV2(out, address("/x", 0), address("/x", 0), fields);
        assertEquals("0d0a0d0a000d0a515549540a2000001803000405aa694f050006756e69782d7820000500" + "00000000",
                ByteBufUtil.hexDump(out));
        out.clear();
        ProxyHeaderWriter.writeV2(out, address("127.0.0.1", 0xa82c), address("127.0.0.1", 7123),
                fields.clear().crc32c().uniqueId(new byte[0]).ssl(0, 0));
        assertEquals("0d0a0d0a000d0a515549540a2111001e7f0000017f000001a82c1bd30300048d34d5020500002000050000000000",
                ByteBufUtil.hexDump(out));
        out.clear();
        ProxyHeaderWriter.writeV2Local(out, fields.clear());
        assertEquals("0d0a0d0a000d0a515549540a20000000", ByteBufUtil.hexDump(out));
    }

    @Test
    void refusesMoreThanAHeaderHolds() {
        ByteBuf out = Unpooled.buffer().writeByte(9);
        ProxyV2Fields fields = new ProxyV2Fields().custom(0xe0, new byte[40_000]).custom(0xe1, new byte[40_000]);
        assertFalse(ProxyHeaderWriter.writeV2(out, address("1.2.3.4", 1), address("5.6.7.8", 2), fields));
        assertEquals(1, out.readableBytes());
    }

    @Test
    void readerTakesWhatTheWriterMakes() {
        ByteBuf out = Unpooled.buffer();
        ProxyV2Fields fields = new ProxyV2Fields().crc32c().custom(0xe0, text("own")).namespace(text("ns1"))
                .uniqueId(new byte[200]);
        ProxyHeaderWriter.writeV2(out, address("1.2.3.4", 1), address("::2", 2), fields);
        ProxyHeaderReader reader = new ProxyHeaderReader();
        assertEquals(Progress.DONE, reader.read(out));
        assertEquals("[::ffff:1.2.3.4]:1", reader.header().source().toString());
        assertEquals("own", new String(reader.header().tlv(0xe0), StandardCharsets.US_ASCII));
        assertEquals("ns1", new String(reader.header().tlv(Tlv.NETNS), StandardCharsets.US_ASCII));
        assertEquals(128, reader.header().tlv(Tlv.UNIQUE_ID).length);
    }

    @Test
    void speaksSocks4AsAClient() {
        ByteBuf out = Unpooled.buffer();
        assertFalse(Socks4.writeRequest(out, address("::1", 1)));
        assertTrue(Socks4.writeRequest(out, address("127.0.0.1", 7201)));
        assertEquals("04011c217f000001484150726f787900", ByteBufUtil.hexDump(out));
        ByteBuf in = Unpooled.buffer().writeBytes(new byte[] {0, 90, 0, 0, 0, 0, 0});
        assertEquals(Socks4.Answer.NEED_MORE, Socks4.readAnswer(in));
        assertEquals(Socks4.Answer.GRANTED, Socks4.readAnswer(in.writeByte(0).writeByte(77)));
        assertEquals(77, in.readByte());
        assertEquals(Socks4.Answer.DENIED, Socks4.readAnswer(Unpooled.wrappedBuffer(new byte[] {0, 91, 0, 0, 0, 0, 0, 0})));
    }

    @Test
    void survivesMutations() throws Exception {
        HeaderReaderFuzz.fuzz(1, 20_000);
    }
}
