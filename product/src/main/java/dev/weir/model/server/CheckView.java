package dev.weir.model.server;

/**
 * What is known of a server's health check, as one published snapshot. Immutable.
 *
 * @param status the short word of the last result, {@code INI} before the first
 * @param code the layer 5-7 code of the last result, or -1
 * @param durationMs how long the last check took, or -1
 * @param description the sentence of the last result, empty before the first
 * @param health the value of the rise and fall counter
 */
public record CheckView(String status, int code, long durationMs, String description, int rise, int fall, int health) {}
