package dev.weir.base.text;

/**
 * Where something was written: a file as the user named it and a line counted from 1. Immutable.
 *
 * @param file the file's name as given on the command line, or a word in brackets for what no file holds
 * @param line the line, 0 when the whole file is meant
 */
public record Place(String file, int line) {

    public static final Place COMMAND_LINE = new Place("<command line>", 0);
    public static final Place BUILT_IN = new Place("<built-in>", 0);

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
