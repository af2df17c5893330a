package dev.weir.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hellos whole, in pieces, and broken. */
class HelloTest {

    /** With one suite each of TLS 1.3, ECDSA and RSA. */
    private static byte[] hello(String extensions) {
        String body = "0303" + "11".repeat(32) + "00" + "0006" + "1301c02bc02f" + "0100" + length(extensions, 4)
                + extensions;
        String message = "01" + length(body, 6) + body;
        return HexFormat.of().parseHex("160301" + length(message, 4) + message);
    }

    private static String length(String hex, int digits) {
        String number = Integer.toHexString(hex.length() / 2);
        return "0".repeat(digits - number.length()) + number;
    }

    private static final String NAME = "0000000b0009000006" + "612e54657374";
    private static final String PSS = "000d000400020804";

    @Test
    void readsWhatItSays() {
        Hello hello = Hello.of(Unpooled.wrappedBuffer(hello(NAME + PSS)));
        assertEquals(Hello.State.COMPLETE, hello.state());
        assertEquals("a.Test", hello.serverName());
        assertEquals(0x303, hello.version());
        assertEquals("1301c02bc02f", HexFormat.of().formatHex(hello.ciphers()));
        assertEquals("0000000d", HexFormat.of().formatHex(hello.extensionTypes()));
        assertTrue(hello.canCheck(KeyKind.RSA));
        assertFalse(hello.canCheck(KeyKind.ECDSA));
        assertNull(hello.groups());
    }

    @Test
    void waitsForTheLastByte() {
        byte[] whole = hello(NAME + PSS);
        for (int i = 0; i < whole.length; i++) {
            assertEquals(Hello.State.INCOMPLETE, Hello.of(Unpooled.wrappedBuffer(whole, 0, i)).state());
        }
    }

    @Test
    void readsOverRecords() {
        byte[] whole = hello(NAME + PSS);
        ByteBuf parts = Unpooled.buffer();
        for (int at = 5; at < whole.length; at += 20) {
            int length = Math.min(20, whole.length - at);
            parts.writeByte(22).writeShort(0x301).writeShort(length).writeBytes(whole, at, length);
        }
        assertEquals("a.Test", Hello.of(parts).serverName());
    }

    @Test
    void crumbsAreNotPutTogether() {
        byte[] whole = hello(NAME + PSS);
        ByteBuf parts = Unpooled.buffer();
        for (int at = 5; at < whole.length; at++) {
            parts.writeByte(22).writeShort(0x301).writeShort(1).writeByte(whole[at]);
        }
        assertEquals(Hello.State.UNKNOWN, Hello.of(parts).state());
    }

    @ParameterizedTest
    @CsvSource({"474554202f20485454502f312e310d0a", "1603010000", "16030100040200000001", "160301000401ffffff",
        "802b0103010012"})
    void whatIsNoneIsLeftToTheLibrary(String hex) {
        assertEquals(Hello.State.UNKNOWN, Hello.of(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex))).state());
    }

    @Test
    void nothingBreaksIt() {
        Random random = new Random(7);
        byte[] whole = hello(NAME + PSS + "000a00040002001d" + "000b00020100" + "002b0003020304");
        for (int round = 0; round < 20_000; round++) {
            byte[] broken = whole.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            Hello hello = Hello.of(Unpooled.wrappedBuffer(broken, 0, 1 + random.nextInt(broken.length)));
            assertNotNull(hello.state());
            hello.serverName();
            hello.ciphers();
            hello.extensionTypes();
            hello.groups();
            hello.formats();
            hello.supportedVersions();
            hello.canCheck(KeyKind.ECDSA);
        }
    }
}
