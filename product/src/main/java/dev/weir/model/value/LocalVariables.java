package dev.weir.model.value;

import java.util.Arrays;

/**
 * The variables of a session, a transaction, a request or a response. There are few of them: they are searched in turn.
 * Memory of values is used again from one request to the next. Worker-owned.
 */
public final class LocalVariables implements Variables {

    private int[] numbers = new int[4];
    private StoredValue[] values = new StoredValue[4];
    private int count;
    private final VariableBudget budget;

    public LocalVariables(VariableBudget budget) {
        this.budget = budget;
    }

    @Override
    public boolean get(int number, Sample out) {
        int index = find(number);
        return index >= 0 && values[index].read(out);
    }

    @Override
    public boolean set(int number, Sample value) {
        int index = find(number);
        int before = index < 0 ? 0 : values[index].charged();
        int after = VariableBudget.PER_VARIABLE + (value.type().isText() ? value.length() : 0);
        if (!budget.charge(after - before)) {
            return false;
        }
        if (index < 0) {
            index = add(number);
        }
        values[index].store(value, after);
        return true;
    }

    private int add(int number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        numbers[count] = number;
        if (values[count] == null) {
            values[count] = new StoredValue();
        }
        return count++;
    }

    @Override
    public void unset(int number) {
        int index = find(number);
        if (index >= 0) {
            budget.charge(VariableBudget.PER_VARIABLE - values[index].charged());
            values[index].forget(VariableBudget.PER_VARIABLE);
        }
    }

    @Override
    public boolean exists(int number) {
        return find(number) >= 0;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int numberAt(int index) {
        return numbers[index];
    }

    /** At the end of the scope. */
    public void clear() {
        for (int i = 0; i < count; i++) {
            budget.charge(-values[i].charged());
            values[i].forget(0);
        }
        count = 0;
    }

    private int find(int number) {
        for (int i = 0; i < count; i++) {
            if (numbers[i] == number) {
                return i;
            }
        }
        return -1;
    }
}
