package dev.weir.config.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelTest {

    @ParameterizedTest
    @CsvSource({"6.1.0-18-amd64, true", "6.18.44, true", "10.0, true", "6.0.9, false", "5.15.0-91-generic, false", "'', false",
        "6, false", "x.y, false"})
    void isNewEnough(String release, boolean expected) {
        assertEquals(expected, Kernel.isNewEnough(release));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "'', false", "1, true", "2, true"})
    void isSwitchedOff(String said, boolean expected) {
        assertEquals(expected, Kernel.isSwitchedOff(said));
    }
}
