package dev.weir.upkeep.check;

/**
 * The counter that turns single checks into a state: {@code rise} successes in a row bring a server up, {@code fall}
 * failures in a row take it down. It counts from 0 (down) over {@code rise} (just up) to {@code rise + fall - 1}
 * (surely up). A server begins just up, so that its first failed check takes it down. Owned by the Conductor.
 */
public final class Health {

    private final int rise;
    private final int fall;
    private int value;

    public Health(int rise, int fall) {
        this.rise = rise;
        this.fall = fall;
        this.value = rise;
    }

    /** Counts a success; true when it brings the server up. */
    public boolean succeeded() {
        boolean wasDown = value < rise;
        if (value < rise + fall - 1) {
            value++;
        }
        if (value >= rise) {
            value = rise + fall - 1;
        }
        return wasDown && value >= rise;
    }

    /** Counts a failure; true when it takes the server down. */
    public boolean failed() {
        boolean wasUp = value >= rise;
        if (value > rise) {
            value--;
        } else {
            value = 0;
        }
        return wasUp && value == 0;
    }

    /** As good or as bad as can be, whatever checks have said. */
    void force(boolean up) {
        value = up ? rise + fall - 1 : 0;
    }

    /** As {@code init-state} says; without one a server begins just up. */
    void begin(String state) {
        value = switch (state == null ? "none" : state) {
            case "fully-up" -> rise + fall - 1;
            case "down" -> rise - 1;
            case "fully-down" -> 0;
            default -> rise;
        };
    }

    /** However well it was: so many more failed checks and the server is down. */
    void brink(int failures) {
        value = Math.min(value, rise + failures - 1);
    }

    /** As after a start or after maintenance. */
    public void reset(boolean up) {
        value = up ? rise : 0;
    }

    public boolean isUp() {
        return value >= rise;
    }

    /** On the way from one state to the other: such servers are checked at the fast interval. */
    public boolean isWavering() {
        return isUp() ? value < rise + fall - 1 : value > 0;
    }

    public int value() {
        return value;
    }

    public int rise() {
        return rise;
    }

    public int fall() {
        return fall;
    }

    /** {@code 3/4} as {@code status: 3/4 UP} has it: how far on the present side of the line. */
    public String fraction() {
        return isUp() ? value - rise + 1 + "/" + fall : value + "/" + rise;
    }
}
