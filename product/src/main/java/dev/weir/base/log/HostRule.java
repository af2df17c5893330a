package dev.weir.base.log;

/** Which host a forwarded message names (configuration manual 12.6, {@code option host}). */
public enum HostRule {
    REPLACE, FILL, KEEP, APPEND;

    /** The rule of that name, or null. */
    public static HostRule of(String word) {
        return switch (word) {
            case "replace" -> REPLACE;
            case "fill" -> FILL;
            case "keep" -> KEEP;
            case "append" -> APPEND;
            default -> null;
        };
    }
}
