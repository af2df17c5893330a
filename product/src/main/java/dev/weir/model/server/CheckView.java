package dev.weir.model.server;

import dev.weir.base.address.Address;

/**
 * What is known of a server's health check, or of its agent, as one published snapshot. Immutable.
 *
 * @param status the short word of the last result, {@code INI} before the first
 * @param code the layer 5-7 code of the last result, or -1
 * @param durationMs how long the last check took, or -1
 * @param description the sentence of the last result, empty before the first
 * @param health the value of the rise and fall counter
 */
public record CheckView(String status, int code, long durationMs, String description, int rise, int fall, int health,
        Detail detail) {

    /**
     * What only commands show.
     *
     * @param info what came with the last result, empty where nothing did
     * @param number of the last status in HAProxy's list
     * @param result 0 unknown, 1 neutral, 2 failed, 3 passed, 4 passed under a condition
     * @param enabled whether checks are made
     * @param running whether one is under way
     * @param port where checks go by command or configuration, 0 for the server's own
     * @param address the same, null for the server's own
     */
    public record Detail(String info, int number, int result, boolean enabled, boolean running, int port,
            Address address) {}

    public boolean isEnabled() {
        return detail.enabled;
    }

    /** The status as the statistics show it: marked while a check is under way. */
    public String shownStatus() {
        return detail.running && durationMs >= 0 ? "* " + status : status;
    }
}
