package dev.weir.base.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 10.255.0.1, in", "10.0.0.0/8, 11.0.0.1, out", "10.0.0.0/0, 192.0.2.1, in", "10.0.0.1, 10.0.0.1, in",
        "10.0.0.1, 10.0.0.2, out", "10.0.0.0/31, 10.0.0.2, out", "10.0.0.0/8, ::1, out", "fd00::/8, fdff::1, in",
        "fd00::/8, fe00::1, out", "2001:db8::/65, 2001:db8::7fff:0:0:0, in", "2001:db8::/65, 2001:db8::8000:0:0:0, out",
        "::1/128, ::1, in", "10.0.0.0/33, 10.0.0.0, none", "10.0.0.0/, 10.0.0.0, none", "10.0.0.0/x, 10.0.0.0, none",
        "x/8, 10.0.0.0, none", "10.0.0.0/0008, 10.0.0.0, none"})
    void containsWhatBeginsAlike(String network, String address, String expected) {
        Network parsed = Network.parse(network);
        assertEquals(expected, parsed == null ? "none" : parsed.contains(IpText.parse(address)) ? "in" : "out");
    }
}
