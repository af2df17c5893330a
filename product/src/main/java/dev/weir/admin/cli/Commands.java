package dev.weir.admin.cli;

import java.util.List;

/** Reads a command as it is typed, for those who have it from elsewhere than a socket. Stateless. */
public final class Commands {

    private Commands() {}

    /** The words of the one command that a text is; null when it has several, or lines. */
    public static List<String> single(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf(0) >= 0) {
            return null;
        }
        CommandLine line = CommandLine.of(text);
        return line.commands().size() == 1 && line.tag() == null ? line.commands().getFirst() : null;
    }
}
