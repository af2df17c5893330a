package dev.weir.base.count;

/**
 * The counters of one object, such as a server: a {@link Cell} for each worker, added up when read. Counters are numbered
 * from 0, usually by the ordinal of an enum. Cells never go back: clearing remembers what they held and counts from there.
 * Workers may be added, by the thread that adds workers. Shared: one writer per cell, anyone reads.
 */
public final class CellGroup {

    private final int counters;
    private volatile Cell[] cells;
    private volatile long[] cleared;

    public CellGroup(int workers, int counters) {
        this.counters = counters;
        this.cells = new Cell[0];
        this.cleared = new long[counters];
        growTo(workers);
    }

    /** Makes room for more workers; fewer is no change, since what they counted stays. By one thread. */
    public void growTo(int workers) {
        Cell[] old = cells;
        if (workers <= old.length) {
            return;
        }
        Cell[] grown = new Cell[workers];
        System.arraycopy(old, 0, grown, 0, old.length);
        for (int i = old.length; i < workers; i++) {
            grown[i] = new Cell(counters);
        }
        cells = grown;
    }

    /** The worker keeps it: the object is the same for the group's whole life. */
    public Cell cell(int worker) {
        return cells[worker];
    }

    public long sum(int counter) {
        long[] from = cleared;
        return total(counter) - from[counter];
    }

    public long sum(Enum<?> counter) {
        return sum(counter.ordinal());
    }

    /** All counters read 0 from here. By one thread. */
    public void clear() {
        long[] now = new long[counters];
        for (int i = 0; i < counters; i++) {
            now[i] = total(i);
        }
        cleared = now;
    }

    private long total(int counter) {
        long total = 0;
        for (Cell cell : cells) {
            total += cell.value(counter);
        }
        return total;
    }
}
