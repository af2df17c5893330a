package dev.weir.base.collect;

/**
 * The name and default of one setting. Declared once as a constant beside what it configures; identity is the key.
 * Immutable.
 */
public final class Setting<T> {

    private final String name;
    private final T absent;

    private Setting(String name, T absent) {
        this.name = name;
        this.absent = absent;
    }

    /** A setting that has this value when nobody sets it. */
    public static <T> Setting<T> of(String name, T whenAbsent) {
        return new Setting<>(name, whenAbsent);
    }

    public String name() {
        return name;
    }

    public T absent() {
        return absent;
    }

    @Override
    public String toString() {
        return name;
    }
}
