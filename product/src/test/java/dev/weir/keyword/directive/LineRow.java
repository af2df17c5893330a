package dev.weir.keyword.directive;

import java.util.ArrayList;
import java.util.List;

/** One row of lines.txt or whole.txt: a line in a section, or a file, and the messages about it. */
record LineRow(String heading, String line, boolean ours, List<String> expected) {

    /** Single lines below a heading. */
    static List<LineRow> all() {
        return read("lines.txt");
    }

    /** Whole files. */
    static List<LineRow> files() {
        return read("whole.txt");
    }

    private static List<LineRow> read(String resource) {
        List<LineRow> rows = new ArrayList<>();
        String heading = "";
        for (String text : Reading.resource(resource).split("\n")) {
            if (text.startsWith("== ")) {
                heading = text.substring(3).replace("\\n", "\n") + "\n";
            } else if (text.startsWith("  ")) {
                rows.getLast().expected().add(text.substring(2));
            } else if (!text.startsWith("#")) {
                boolean ours = text.startsWith("~");
                rows.add(new LineRow(heading, ours ? text.substring(1) : text, ours, new ArrayList<>()));
            }
        }
        return rows;
    }

    String file() {
        return heading.isEmpty() ? line.replace("\\n", "\n") : heading + " " + line + "\n";
    }

    @Override
    public String toString() {
        return heading.strip().replace("\n", "; ") + ": " + line;
    }
}
