package dev.weir.base.count;

/**
 * One worker's part of a group of counters that only grow. Written by its worker without any fence; others read it late by
 * as much as the memory system takes. Worker-owned.
 */
public final class Cell {

    private final Slots slots;

    Cell(int counters) {
        slots = new Slots(counters);
    }

    /** By the owning worker. */
    public void add(int counter, long amount) {
        slots.set(counter, slots.own(counter) + amount);
    }

    /** By the owning worker. */
    public void increment(int counter) {
        add(counter, 1);
    }

    /** By anyone. */
    public long value(int counter) {
        return slots.get(counter);
    }
}
