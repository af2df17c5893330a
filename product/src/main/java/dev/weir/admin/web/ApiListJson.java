package dev.weir.admin.web;

import dev.weir.admin.stats.TypedValues;

/** Lists, tables and names as JSON, of the lines that commands write. Stateless. */
final class ApiListJson {

    private ApiListJson() {}

    static void write(StringBuilder out, ApiCall.Shape shape, String text) {
        out.append('[');
        int begun = out.length();
        for (String line : text.split("\n")) {
            boolean head = line.startsWith("# ");
            if (line.isEmpty() || head != (shape == ApiCall.Shape.TABLES)) {
                continue;
            }
            out.append(out.length() > begun ? "," : "");
            switch (shape) {
                case PATTERNS -> pattern(out, line);
                case ENTRIES -> entry(out, line);
                case TABLES -> table(out, line.substring(2));
                case ROWS -> row(out, line);
                default -> TypedValues.quote(out, line);
            }
        }
        out.append(']');
    }

    private static void member(StringBuilder out, String name, String value) {
        out.append(out.charAt(out.length() - 1) == '{' ? "" : ",");
        TypedValues.quote(out, name);
        out.append(':');
        ApiJson.value(out, value);
    }

    private static void text(StringBuilder out, String name, String value) {
        out.append(out.charAt(out.length() - 1) == '{' ? "" : ",");
        TypedValues.quote(out, name);
        out.append(':');
        TypedValues.quote(out, value);
    }

    /** {@code 0 (file) description. curr_ver=0 next_ver=0 entry_cnt=2}. */
    private static void pattern(StringBuilder out, String line) {
        int open = line.indexOf(" (");
        int close = line.indexOf(") ", open);
        int versions = line.lastIndexOf(". curr_ver=");
        out.append('{');
        member(out, "id", line.substring(0, open));
        text(out, "file", line.substring(open + 2, close));
        text(out, "description", line.substring(close + 2, versions));
        for (String pair : line.substring(versions + 2).split(" ")) {
            int equals = pair.indexOf('=');
            member(out, pair.substring(0, equals), pair.substring(equals + 1));
        }
        out.append('}');
    }

    /** {@code 0x1 key value}; a list of an ACL has no values. */
    private static void entry(StringBuilder out, String line) {
        String[] words = line.split(" ", 3);
        out.append('{');
        text(out, "ref", words[0]);
        text(out, "key", words.length > 1 ? words[1] : "");
        if (words.length > 2) {
            text(out, "value", words[2]);
        }
        out.append('}');
    }

    /** {@code table: name, type: ip, size:100, used:0}. */
    private static void table(StringBuilder out, String line) {
        out.append('{');
        for (String part : line.split(", ")) {
            int colon = part.indexOf(':');
            member(out, part.substring(0, colon), part.substring(colon + 1).strip());
        }
        out.append('}');
    }

    /** {@code 0x1: key=a use=0 exp=10 shard=0 gpc0=1}. */
    private static void row(StringBuilder out, String line) {
        int colon = line.indexOf(": ");
        out.append('{');
        text(out, "ptr", line.substring(0, colon));
        int use = line.indexOf(" use=");
        text(out, "key", line.substring(line.indexOf("key=") + 4, use));
        for (String pair : line.substring(use + 1).split(" ")) {
            int equals = pair.indexOf('=');
            member(out, pair.substring(0, equals), pair.substring(equals + 1));
        }
        out.append('}');
    }
}
