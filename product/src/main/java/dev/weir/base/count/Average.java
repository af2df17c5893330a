package dev.weir.base.count;

/**
 * The sliding average over about the last 512 samples that {@code qtime}, {@code ctime}, {@code rtime} and {@code ttime}
 * show (facts.md, "Rates, averages"), one window per worker. Read over several workers it weighs each by the samples in
 * its window; with one it is HAProxy's number. Sum and count of another worker may be read one sample apart, on purpose.
 * Shared: one writer per worker, anyone reads.
 */
public final class Average {

    private static final int WINDOW = 512;
    private static final int SUM = 0;
    private static final int COUNT = 1;

    private volatile Slots[] workers;

    public Average(int workers) {
        this.workers = new Slots[0];
        growTo(workers);
    }

    /** By one thread. */
    public void growTo(int count) {
        workers = Slots.grown(workers, count, () -> new Slots(2));
    }

    /** Begins anew; a sample that is being added meanwhile may be lost. By one thread. */
    public void clear() {
        Slots[] fresh = new Slots[workers.length];
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = new Slots(2);
        }
        workers = fresh;
    }

    /** By the worker of that number. */
    public void add(int worker, long sample) {
        Slots s = workers[worker];
        long sum = s.own(SUM);
        long count = s.own(COUNT);
        if (count >= WINDOW) {
            sum -= (sum + WINDOW - 1) / WINDOW;
        } else {
            s.set(COUNT, count + 1);
        }
        s.set(SUM, sum + sample);
    }

    /** The average, rounded up; 0 without samples. */
    public long read() {
        long sum = 0;
        long count = 0;
        for (Slots s : workers) {
            sum += s.get(SUM);
            count += s.get(COUNT);
        }
        return count == 0 ? 0 : (sum + count - 1) / count;
    }
}
