package dev.weir.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that are mapped into the process, as {@code -dL} prints them: the executable first, then its libraries. */
final class LoadedFiles {

    private static final int PATH_FIELD = 6;

    private LoadedFiles() {}

    /** @param ranges whether the addresses are wanted too */
    static String list(boolean ranges) {
        Map<String, String> files = new LinkedHashMap<>();
        try {
            files.put(Files.readSymbolicLink(Path.of("/proc/self/exe")).toString(), "");
            for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
                String[] fields = line.split(" +", PATH_FIELD);
                if (fields.length == PATH_FIELD && fields[PATH_FIELD - 1].startsWith("/") && Files.exists(Path.of(fields[PATH_FIELD - 1]))) {
                    files.merge(fields[PATH_FIELD - 1], fields[0], (first, next) -> first.isEmpty() ? next : span(first, next));
                }
            }
        } catch (IOException unreadable) {
            return "";
        }
        StringBuilder out = new StringBuilder(ranges ? "List of loaded object files:\n" : "");
        files.forEach((file, range) -> out.append(ranges && !range.isEmpty() ? range + "\t" : "").append(file).append('\n'));
        return out.toString();
    }

    /** From the begin of the one to the end of the other. */
    private static String span(String first, String last) {
        return first.substring(0, first.indexOf('-')) + last.substring(last.indexOf('-'));
    }
}
