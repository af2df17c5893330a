package dev.weir.base.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

    private static final class Probe extends Timer {
        final List<Long> fired = new ArrayList<>();
        long wanted = NEVER;

        @Override
        protected void fire(long nowMs) {
            fired.add(nowMs);
        }
    }

    @Test
    void firesAtItsMillisecond() {
        for (long delay : new long[] {0, 1, 5, 255, 256, 257, 1000, 16_383, 16_384, 30_000, 86_400_000L, 90_000_000L}) {
            TimerWheel wheel = new TimerWheel(1_000_003);
            Probe probe = new Probe();
            long due = 1_000_003 + delay;
            wheel.arm(probe, due);
            wheel.advance(due - 1);
            assertEquals(List.of(), probe.fired, "early for " + delay);
            wheel.advance(due);
            assertEquals(List.of(due), probe.fired, "delay " + delay);
            assertEquals(0, wheel.size());
            assertEquals(Timer.NEVER, wheel.nextTick());
        }
    }

    @Test
    void wakesUpOnlyWhenThereIsSomethingToDo() {
        TimerWheel wheel = new TimerWheel(0);
        Probe probe = new Probe();
        wheel.arm(probe, 30_000);
        int wakeUps = 0;
        while (probe.fired.isEmpty()) {
            wheel.advance(wheel.nextTick());
            wakeUps++;
        }
        assertEquals(List.of(30_000L), probe.fired);
        assertTrue(wakeUps <= 3, "woke up " + wakeUps + " times");
    }

    @Test
    void movingADeadlineLaterIsLazyAndEarlierIsNot() {
        TimerWheel wheel = new TimerWheel(0);
        Probe probe = new Probe();
        wheel.arm(probe, 100);
        wheel.arm(probe, 10_000);
        wheel.advance(9_999);
        assertEquals(List.of(), probe.fired);
        wheel.arm(probe, 10_000);
        wheel.advance(10_000);
        assertEquals(List.of(10_000L), probe.fired);
        wheel.arm(probe, 50_000);
        wheel.arm(probe, 10_007);
        wheel.advance(10_007);
        assertEquals(List.of(10_000L, 10_007L), probe.fired);
    }

    @Test
    void aTimerMayArmAndRemoveOthersWhileItFires() {
        TimerWheel wheel = new TimerWheel(0);
        Probe victim = new Probe();
        Probe later = new Probe();
        Timer killer = new Timer() {
            @Override
            protected void fire(long nowMs) {
                wheel.remove(victim);
                wheel.arm(later, nowMs);
            }
        };
        wheel.arm(killer, 10);
        wheel.arm(victim, 10);
        wheel.advance(11);
        // both orders are allowed within one tick, but the wheel must stay sound
        assertTrue(victim.fired.size() <= 1);
        wheel.advance(12);
        assertEquals(1, later.fired.size());
        assertEquals(0, wheel.size());
    }

    /** Against a plain list: every timer fires once, not early, and at most as late as the step of the clock. */
    @Test
    void whatIsArmedForNowWhileTimersFireIsNotLate() {
        TimerWheel wheel = new TimerWheel(0);
        Probe again = new Probe();
        Timer first = new Timer() {
            @Override
            protected void fire(long nowMs) {
                wheel.arm(again, nowMs);
            }
        };
        wheel.arm(first, 10);
        wheel.advance(10);
        wheel.advance(12);
        assertEquals(1, again.fired.size());
    }

    @Test
    void agreesWithAListOverRandomWork() {
        Random random = new Random(7);
        for (int round = 0; round < 30; round++) {
            long now = random.nextInt(1 << 20);
            TimerWheel wheel = new TimerWheel(now);
            List<Probe> probes = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                probes.add(new Probe());
            }
            for (int step = 0; step < 2000; step++) {
                Probe probe = probes.get(random.nextInt(probes.size()));
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        probe.wanted = now + 1 + (random.nextInt(20) == 0 ? random.nextInt(100_000_000) : random.nextInt(600));
                        wheel.arm(probe, probe.wanted);
                    }
                    case 2 -> {
                        probe.wanted = Timer.NEVER;
                        if (random.nextBoolean()) {
                            wheel.disarm(probe);
                        } else {
                            wheel.remove(probe);
                        }
                    }
                    default -> {
                        now += random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(5);
                        wheel.advance(now);
                        for (Probe each : probes) {
                            int due = each.wanted <= now ? 1 : 0;
                            assertEquals(due, each.fired.size(), "round " + round + " step " + step);
                            if (due == 1) {
                                each.wanted = Timer.NEVER;
                                each.fired.clear();
                            }
                        }
                        assertTrue(wheel.nextTick() > now);
                    }
                }
            }
        }
    }
}
