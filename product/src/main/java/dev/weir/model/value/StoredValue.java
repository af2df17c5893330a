package dev.weir.model.value;

/** A value kept beyond the expression that made it, with bytes of its own. Worker-owned. */
final class StoredValue {

    /** Values of this size and less keep their memory for the next request. */
    private static final int KEPT = 1024;

    private final Sample value = new Sample();
    private byte[] own = Area.EMPTY;
    private boolean present;
    private int charged;

    /** What this variable is accounted for. */
    int charged() {
        return charged;
    }

    boolean read(Sample out) {
        if (present) {
            out.copyValue(value);
        }
        return present;
    }

    /** The source's bytes move to ours, so that a value derived from this variable survives its own storing. */
    void store(Sample source, int charge) {
        charged = charge;
        present = true;
        if (source.type().isText()) {
            int length = source.length();
            if (own.length < length) {
                own = new byte[Math.max(length, 32)];
            }
            System.arraycopy(source.bytes(), source.at(), own, 0, length);
            if (source.type() == SampleType.METHOD) {
                source.method((int) source.number(), own, 0, length);
            } else {
                source.text(source.type(), own, 0, length);
            }
        }
        value.copyValue(source);
    }

    void forget(int charge) {
        charged = charge;
        present = false;
        if (own.length > KEPT) {
            own = Area.EMPTY;
        }
    }
}
