package dev.weir.base.time;

/**
 * Something that happens at a time. The owner embeds one per thing it waits for and moves its deadline as often as it
 * likes: that is one store, nothing is allocated and nothing is unlinked. Worker-owned.
 */
public abstract class Timer {

    /** No deadline: the timer sleeps. */
    public static final long NEVER = Long.MAX_VALUE;

    /** When it is due, in milliseconds of the wheel's clock. */
    long deadline = NEVER;
    /** The tick under which the wheel holds it, meaningless while it is not filed. */
    long filed;
    Timer next;
    Timer previous;
    TimerWheel.Slot slot;

    /** Called on the owner's thread, not before the deadline; the timer is no longer armed then. */
    protected abstract void fire(long nowMs);

    public final long deadline() {
        return deadline;
    }

    public final boolean isArmed() {
        return deadline != NEVER;
    }
}
