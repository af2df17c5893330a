package dev.weir.admin.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All commands, found by their words; what is unknown is answered by those that come near. Immutable. */
public final class CommandTable {

    private static final int NEAREST = 5;
    private static final int MOST_WORDS = 64;

    private final List<Command> commands = new ArrayList<>();

    public CommandTable(List<Command> unordered) {
        commands.addAll(unordered);
        commands.add(new Command("help", Level.USER, null, null, this::help));
        commands.sort((one, other) -> one.name().compareTo(other.name()));
    }

    /** In the order of their names. */
    public List<Command> all() {
        return List.copyOf(commands);
    }

    /** Carries out what was typed. */
    public Answer run(Call call) {
        if (call.words().size() > MOST_WORDS) {
            return Text.error("Too many arguments. Commands must have at most " + MOST_WORDS + " arguments.");
        }
        Command command = find(call.words());
        if (command == null) {
            return unknown(call.words());
        }
        if (command.gate() == Command.Gate.EXPERIMENTAL && !call.terminal().isExperimental()) {
            return Text.error("This command is restricted to experimental mode only.");
        }
        if (command.gate() == Command.Gate.EXPERT && !call.terminal().isExpert()) {
            return Text.error("This command is restricted to expert mode only.");
        }
        return call.terminal().level().includes(command.level()) ? command.run().call(call)
                : Text.error("Permission denied");
    }

    /** Whether there is a command that this means. */
    boolean knows(List<String> words) {
        return find(words) != null;
    }

    /** The one with most words, so that {@code show ssl cert} is not {@code show ssl}. */
    private Command find(List<String> words) {
        Command best = null;
        for (Command command : commands) {
            if (command.isMeantBy(words) && (best == null || command.words().size() > best.words().size())) {
                best = command;
            }
        }
        return best;
    }

    private Answer unknown(List<String> words) {
        if (words.isEmpty()) {
            return list("Unknown command. Please enter one of the following commands only:\n", shown());
        }
        return list("Unknown command: '" + words.getFirst()
                + "', but maybe one of the following ones is a better match:\n", near(words));
    }

    private Answer help(Call call) {
        List<String> wanted = call.words().subList(1, call.words().size());
        return list("The following commands are valid at this level:\n", wanted.isEmpty() ? shown() : near(wanted));
    }

    private static Answer list(String head, List<Command> listed) {
        StringBuilder out = new StringBuilder(head);
        for (Command command : listed) {
            line(out, command.usage(), command.purpose());
        }
        line(out, "help [<command>]", "list matching or all commands");
        line(out, "prompt [help | n | i | p | timed]*", "toggle interactive mode with prompt");
        line(out, "quit", "disconnect");
        return new Text(Severity.INFO, out.toString());
    }

    private static void line(StringBuilder out, String usage, String purpose) {
        out.append("  ").append(usage);
        for (int i = usage.length(); i < 40; i++) {
            out.append(' ');
        }
        out.append(": ").append(purpose).append('\n');
    }

    private List<Command> shown() {
        List<Command> all = new ArrayList<>();
        for (Command command : commands) {
            if (command.usage() != null) {
                all.add(command);
            }
        }
        return all;
    }

    /** Those that begin with these words, or whose first words these are nearly. */
    private List<Command> near(List<String> words) {
        List<Command> beginning = new ArrayList<>();
        for (Command command : shown()) {
            int common = Math.min(words.size(), command.words().size());
            if (command.words().subList(0, common).equals(words.subList(0, common))
                    && words.size() <= command.words().size()) {
                beginning.add(command);
            }
        }
        return beginning.isEmpty() ? likest(String.join(" ", words)) : beginning;
    }

    private List<Command> likest(String typed) {
        List<Command> all = shown();
        Likeness likeness = new Likeness(typed);
        int best = Integer.MAX_VALUE;
        for (Command command : all) {
            best = Math.min(best, likeness.distance(command.name()));
        }
        List<Command> near = new ArrayList<>(all);
        near.sort(Comparator.comparingInt(command -> likeness.distance(command.name())));
        int limit = 2 * best + 2;
        List<Command> kept = new ArrayList<>();
        for (Command command : near.subList(0, Math.min(NEAREST, near.size()))) {
            if (likeness.distance(command.name()) <= limit) {
                kept.add(command);
            }
        }
        kept.sort(Comparator.comparing(Command::name));
        return kept;
    }
}
