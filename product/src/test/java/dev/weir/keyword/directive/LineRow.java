package dev.weir.keyword.directive;

import java.util.ArrayList;
import java.util.List;

/** One row of lines.txt: a line in a section, and the messages about it. */
record LineRow(String heading, String line, boolean ours, List<String> expected) {

    static List<LineRow> all() {
        List<LineRow> rows = new ArrayList<>();
        String heading = "";
        for (String text : Reading.resource("lines.txt").split("\n")) {
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
        return heading + " " + line + "\n";
    }

    @Override
    public String toString() {
        return heading.strip().replace("\n", "; ") + ": " + line;
    }
}
