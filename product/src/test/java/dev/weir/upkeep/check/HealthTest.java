package dev.weir.upkeep.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The counter of successes and failures: what a series of checks, {@code +} or {@code -}, makes of it. */
class HealthTest {

    @ParameterizedTest
    @CsvSource({
        "2, 3, , '', 1/3 UP",
        "2, 3, , -, 0/2 DOWN",
        "2, 3, , +, 3/3 UP",
        "2, 3, , +-, 2/3 UP",
        "2, 3, , +--, 1/3 UP",
        "2, 3, , +---, 0/2 DOWN",
        "2, 3, , +--+, 3/3 UP",
        "2, 3, , -+, 1/2 DOWN",
        "2, 3, , -+-, 0/2 DOWN",
        "2, 3, , -++, 3/3 UP",
        "1, 1, , -, 0/1 DOWN",
        "1, 1, , -+, 1/1 UP",
        "2, 3, up, -, 0/2 DOWN",
        "2, 3, fully-up, '', 3/3 UP",
        "2, 3, fully-up, --, 1/3 UP",
        "2, 3, fully-up, ---, 0/2 DOWN",
        "2, 3, down, '', 1/2 DOWN",
        "2, 3, down, +, 3/3 UP",
        "2, 3, down, -, 0/2 DOWN",
        "2, 3, fully-down, +, 1/2 DOWN",
        "2, 3, fully-down, ++, 3/3 UP",
        "2, 3, none, -, 0/2 DOWN"
    })
    void counts(int rise, int fall, String begin, String checks, String status) {
        Health health = new Health(rise, fall);
        health.begin(begin);
        for (char check : checks.toCharArray()) {
            boolean wasUp = health.isUp();
            boolean turned = check == '+' ? health.succeeded() : health.failed();
            assertEquals(wasUp != health.isUp(), turned);
        }
        assertEquals(status, health.fraction() + (health.isUp() ? " UP" : " DOWN"));
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 1, 2", "2, 3, 2, 3", "1, 1, 2, 1", "5, 2, 1, 5"})
    void brinkLeavesSoManyFailures(int rise, int fall, int failures, int value) {
        Health health = new Health(rise, fall);
        health.force(true);
        health.brink(failures);
        assertEquals(value, health.value());
    }
}
