package dev.weir.admin.cli;

import java.util.List;

/**
 * A row of the table of commands. Immutable.
 *
 * @param words what it begins with
 * @param usage how it is written, as {@code help} shows it; null for one that is not shown
 * @param purpose what it is for
 * @param gate what must be switched on in the session before
 */
public record Command(List<String> words, String usage, String purpose, Level level, Gate gate, Run run) {

    /** What a session must have switched on. */
    public enum Gate { OPEN, EXPERIMENTAL, EXPERT }

    /** Carries it out. On the Conductor's thread. */
    @FunctionalInterface
    public interface Run {
        Answer call(Call call);
    }

    public Command(String name, Level level, String usage, String purpose, Run run) {
        this(List.of(name.split(" ")), usage, purpose, level, Gate.OPEN, run);
    }

    public Command behind(Gate needed) {
        return new Command(words, usage, purpose, level, needed, run);
    }

    boolean isMeantBy(List<String> typed) {
        return typed.size() >= words.size() && typed.subList(0, words.size()).equals(words);
    }

    public String name() {
        return String.join(" ", words);
    }
}
