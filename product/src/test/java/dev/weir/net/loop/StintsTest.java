package dev.weir.net.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StintsTest {

    private long now = 1000;
    private int looks;
    private final Stints.Account one = new Stints.Account();
    private final Stints.Account two = new Stints.Account();
    private final Stints stints = new Stints(new Clock() {
        @Override
        public long monotonicNanos() {
            looks++;
            return now;
        }

        @Override
        public long wallMicros() {
            return 0;
        }
    });
    private final Stints.Mode before = Stints.mode();

    @AfterEach
    void restore() {
        Stints.mode(before);
    }

    @Test
    void countsWithoutAClockWhereItIsOff() {
        Stints.mode(Stints.Mode.OFF);
        turns(1, 0);
        stints.begin();
        stints.enter(one);
        stints.enter(one);
        stints.begin();
        stints.enter(one);
        assertEquals(2, one.calls());
        stints.leave(one);
        assertEquals(0, stints.nanos(one) + one.latencyNanos());
        assertEquals(0, looks);
    }

    @Test
    void givesEachItsTimeAndWait() {
        Stints.mode(Stints.Mode.ON);
        turns(1, 0);
        now += 70;
        stints.begin();
        now += 5;
        stints.enter(one);
        now += 10;
        stints.begin();
        now += 1;
        stints.enter(two);
        now += 100;
        assertEquals(15, stints.nanos(one));
        assertEquals(101, stints.nanos(two));
        stints.enter(one);
        now += 1000;
        stints.leave(one);
        now += 1000;
        assertEquals(1015, stints.nanos(one));
        assertEquals(101, stints.nanos(two));
        assertEquals(2, one.calls());
        assertEquals(15, two.latencyNanos());
        assertEquals(116, one.latencyNanos(), "first in the turn, then behind the other");
        turns(1, 0);
        now += 1000;
        assertEquals(1015, stints.nanos(one));
        one.clear();
        assertEquals(0, stints.nanos(one) + one.calls() + one.latencyNanos());
    }

    @Test
    void beginsByItselfWhereTurnsAreLong() {
        Stints.mode(Stints.Mode.AUTO);
        turns(20_000, 900_000);
        assertEquals(0, looks, "quick enough");
        turns(20_000, 1_100_000);
        assertTrue(looks > 0 && Stints.isAnyoneSlow());
        turns(20_000, 900_000);
        assertFalse(Stints.isAnyoneSlow());
        int seen = looks;
        turns(1, 900_000);
        assertEquals(seen, looks);
    }

    private void turns(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            stints.turnEnds(nanos);
            stints.rests();
        }
    }
}
