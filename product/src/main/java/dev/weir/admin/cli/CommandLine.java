package dev.weir.admin.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of input, cut into commands at semicolons and commands into words at blanks; a backslash takes the meaning
 * from the character behind it. A line may end with {@code <<} and a tag: then lines follow up to one that is the tag.
 * Immutable.
 *
 * @param commands the words of each
 * @param tag what ends the payload of the last command, null when it has none
 */
record CommandLine(List<List<String>> commands, String tag) {

    private static final int LONGEST_TAG = 64;

    static CommandLine of(String text) {
        int mark = payloadMark(text);
        String tag = mark < 0 ? null : text.substring(mark + 2);
        String line = mark < 0 ? text : text.substring(0, mark);
        List<List<String>> commands = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == ';') {
                commands.add(words(line.substring(start, i)));
                start = i + 1;
            }
        }
        commands.add(words(line.substring(start)));
        return new CommandLine(commands, tag);
    }

    /** Where {@code <<} begins the last word of the line, which must not be glued to another; or -1. */
    private static int payloadMark(String text) {
        int mark = text.lastIndexOf("<<");
        boolean apart = mark == 0 || mark > 0 && isBlank(text.charAt(mark - 1));
        if (!apart || text.length() - mark - 2 > LONGEST_TAG) {
            return -1;
        }
        for (int i = mark; i < text.length(); i++) {
            if (isBlank(text.charAt(i))) {
                return -1;
            }
        }
        return mark;
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean within = false;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (isBlank(c)) {
                if (within) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                within = false;
            } else {
                boolean escapes = c == '\\' && i + 1 < command.length();
                word.append(escapes ? command.charAt(++i) : c);
                within = true;
            }
        }
        if (within) {
            words.add(word.toString());
        }
        return words;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
