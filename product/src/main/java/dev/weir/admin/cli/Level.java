package dev.weir.admin.cli;

/** What a client of a socket may do; each level includes the ones before it. */
public enum Level {
    USER("user"), OPERATOR("operator"), ADMIN("admin");

    private final String word;

    Level(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** The level of that name; {@code operator} when the configuration says nothing. */
    public static Level of(String word) {
        for (Level level : values()) {
            if (level.word.equals(word)) {
                return level;
            }
        }
        return OPERATOR;
    }

    public boolean includes(Level other) {
        return compareTo(other) >= 0;
    }
}
