package dev.weir.base.log;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which lines a target with {@code sample} gets: those whose number, counted from 1 to the size and round again, is in one
 * of the ranges. The count is one for the process, so that a group of targets shares the lines without loss. Shared: atomic.
 */
public final class LogSample {

    private final boolean[] wanted;
    private final AtomicInteger next = new AtomicInteger();

    /** @param ranges pairs of first and last number; empty when all lines are wanted */
    public LogSample(List<int[]> ranges, int size) {
        wanted = new boolean[ranges.isEmpty() ? 0 : size];
        for (int[] range : ranges) {
            for (int number = range[0]; number <= range[1] && number <= size; number++) {
                wanted[number - 1] = true;
            }
        }
    }

    /** Counts one line and tells whether it is to be sent. */
    public boolean take() {
        if (wanted.length == 0) {
            return true;
        }
        while (true) {
            int number = next.get();
            int following = number + 1 == wanted.length ? 0 : number + 1;
            if (next.weakCompareAndSetVolatile(number, following)) {
                return wanted[number];
            }
        }
    }
}
