package dev.weir.base.address;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTextTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1", "0.0.0.0, 0.0.0.0", "255.255.255.255, 255.255.255.255",
        "::, ::", "::1, ::1", "1::, 1::", "2001:DB8::1, 2001:db8::1", "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3", "::ffff:1.2.3.4, ::ffff:1.2.3.4", "0:0:0:0:0:ffff:102:304, ::ffff:1.2.3.4",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0", "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8", "64:ff9b::1.2.3.4, 64:ff9b::102:304"
    })
    void readsAndWrites(String text, String canonical) {
        assertEquals(canonical, IpText.parse(text).host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.2.3", "1.2.3.256", "1.2.3.4.5", "1..2.3", "a.b.c.d", "1.2.3.4 ", ":", ":::", "1::2::3",
        "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "1:2:3:4:5:6:7:8::", "g::", "1:", ":1", "::1.2.3", "0001.2.3.4"})
    void refusesWhatIsNoAddress(String text) {
        assertNull(IpText.parse(text));
    }

    @Test
    void agreesWithTheJdkOnRandomAddresses() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = random.nextInt(3) == 0 ? (byte) random.nextInt() : 0;
            }
            Address address = Address.ip(bytes, 7);
            assertArrayEquals(bytes, address.ipBytes());
            assertEquals(address, IpText.parse(address.host()).withPort(7));
            if (bytes.length == 4) {
                assertEquals(InetAddress.getByAddress(bytes).getHostAddress(), address.host());
            }
        }
    }
}
