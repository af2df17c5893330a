package dev.weir.admin.cli;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What the socket of {@code -S} understands (management.txt 9.4): the master's own commands, and prefixes that lead to
 * the worker, for one command or until further notice. Here both are one process, and so is a worker of an earlier
 * configuration. Immutable.
 *
 * @param own the master's commands
 * @param worker the worker's
 * @param pid the process's number
 * @param reloadFailed whether the last reading of the files failed
 */
public record MasterCommands(CommandTable own, CommandTable worker, long pid, BooleanSupplier reloadFailed) {

    /** Says nothing at all, not even an empty line. */
    static final Answer SILENCE = (out, atLeast) -> Answer.Progress.DONE;

    /** Carries out one command where its prefix or the session's context sends it. */
    Answer run(Call call) {
        List<String> words = call.words();
        String prefix = call.word(0);
        if (!prefix.startsWith("@")) {
            return call.terminal().isWithWorker() ? worker.run(call) : here(call);
        }
        boolean toMaster = prefix.equals("@") || prefix.equals("@master");
        if (!toMaster && !isWorker(prefix.startsWith("@@") ? prefix.substring(1) : prefix)) {
            return Text.tightError("Can't find the target PID matching the prefix '" + prefix + "'");
        }
        boolean stays = words.size() == 1 || prefix.startsWith("@@");
        if (stays) {
            call.terminal().withWorker(!toMaster);
        }
        if (words.size() == 1) {
            return SILENCE;
        }
        Call rest = new Call(call.terminal(), words.subList(1, words.size()), call.payload());
        return toMaster ? here(rest) : worker.run(rest);
    }

    /** What has nothing to say is not even followed by an empty line. */
    private Answer here(Call call) {
        if (switched(call)) {
            return SILENCE;
        }
        boolean asWorker = call.terminal().isMasterDebugged() && !own.knows(call.words());
        Answer answer = (asWorker ? worker : own).run(call);
        return answer == Text.NOTHING ? SILENCE : answer;
    }

    /** Whether that was one of the modes, which the master takes without a word: on, or off whatever is said. */
    private static boolean switched(Call call) {
        Terminal terminal = call.terminal();
        boolean on = call.word(1).equals("on");
        boolean may = terminal.level().includes(Level.ADMIN);
        switch (call.word(0)) {
            case "expert-mode" -> terminal.expert(may ? on : terminal.isExpert());
            case "experimental-mode" -> terminal.experimental(may ? on : terminal.isExperimental());
            case "mcli-debug-mode" -> terminal.masterDebugged(may ? on : terminal.isMasterDebugged());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean isWorker(String prefix) {
        return prefix.equals("@1") || prefix.equals("@!" + pid);
    }

    /** Before its blank. */
    String prompt(Terminal terminal) {
        String flags = (terminal.isExperimental() ? "x" : "") + (terminal.isExpert() ? "e" : "")
                + (terminal.isMasterDebugged() ? "d" : "");
        String name = terminal.isWithWorker() ? Long.toString(pid)
                : reloadFailed.getAsBoolean() ? "master[ReloadFailed]" : "master";
        return name + (flags.isEmpty() ? "" : "(" + flags + ")");
    }
}
