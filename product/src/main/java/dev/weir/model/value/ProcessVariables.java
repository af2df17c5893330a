package dev.weir.model.value;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The variables of scope proc. A value is an immutable sample that is replaced whole, so that readers need no lock.
 * Shared: writers take a lock, readers one volatile read.
 */
public final class ProcessVariables implements Variables {

    /** A variable that exists without a value. */
    private static final Sample UNSET = new Sample();

    private final VariableBudget budget;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Sample[] values = new Sample[0];

    public ProcessVariables(VariableBudget budget) {
        this.budget = budget;
    }

    /** Configurations create the variables that they mention. */
    public void declare(int number) {
        lock.lock();
        try {
            Sample[] next = Arrays.copyOf(values, Math.max(values.length, number + 1));
            if (next[number] == null) {
                next[number] = UNSET;
            }
            values = next;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean get(int number, Sample out) {
        Sample[] now = values;
        if (number >= now.length || now[number] == null || now[number] == UNSET) {
            return false;
        }
        out.copyValue(now[number]);
        return true;
    }

    @Override
    public boolean set(int number, Sample value) {
        Sample kept = new Sample();
        kept.copyValue(value);
        if (value.type().isText()) {
            byte[] copy = Arrays.copyOfRange(value.bytes(), value.at(), value.end());
            if (value.type() == SampleType.METHOD) {
                kept.method((int) value.number(), copy, 0, copy.length);
            } else {
                kept.text(value.type(), copy, 0, copy.length);
            }
        }
        return replace(number, kept);
    }

    @Override
    public void unset(int number) {
        if (exists(number)) {
            replace(number, UNSET);
        }
    }

    private boolean replace(int number, Sample next) {
        lock.lock();
        try {
            Sample[] copy = Arrays.copyOf(values, Math.max(values.length, number + 1));
            if (!budget.charge(cost(next) - cost(copy[number]))) {
                return false;
            }
            copy[number] = next;
            values = copy;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static int cost(Sample value) {
        return value == null ? 0 : VariableBudget.PER_VARIABLE + (value.type().isText() ? value.length() : 0);
    }

    @Override
    public boolean exists(int number) {
        Sample[] now = values;
        return number < now.length && now[number] != null;
    }

    @Override
    public int count() {
        return values.length;
    }

    @Override
    public int numberAt(int index) {
        return index;
    }
}
