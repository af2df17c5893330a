package dev.weir.admin.web;

import dev.weir.admin.cli.Inquiry;
import dev.weir.admin.cli.Severity;
import dev.weir.admin.stats.TypedValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What commands say as JSON. Stateless. */
final class ApiJson {

    private ApiJson() {}

    static String problem(String text) {
        StringBuilder out = new StringBuilder("{\"error\":");
        TypedValues.quote(out, text);
        return out.append("}\n").toString();
    }

    static String of(ApiCall call, Inquiry.Outcome outcome) {
        StringBuilder out = new StringBuilder(outcome.text().length() * 2);
        switch (call.shape()) {
            case SAID -> said(out, call, outcome);
            case INFO -> info(out, outcome.text());
            case STATS -> rows(out, csv(outcome.text()));
            case TABLE -> rows(out, blanks(outcome.text()));
            default -> ApiListJson.write(out, call.shape(), outcome.text());
        }
        return out.append('\n').toString();
    }

    private static void said(StringBuilder out, ApiCall call, Inquiry.Outcome outcome) {
        out.append("{\"command\":");
        TypedValues.quote(out, String.join(" ", call.words()));
        out.append(",\"ok\":").append(isRight(outcome)).append(",\"severity\":");
        if (outcome.severity() == null) {
            out.append("null");
        } else {
            TypedValues.quote(out, outcome.severity().name().toLowerCase(Locale.ROOT));
        }
        out.append(",\"whole\":").append(outcome.whole()).append(",\"output\":");
        boolean json = call.words().contains("json") && outcome.severity() == null && outcome.whole();
        TypedValues.quote(out, json ? "" : outcome.text());
        if (json) {
            out.append(",\"value\":").append(outcome.text().strip());
        }
        out.append('}');
    }

    static boolean isRight(Inquiry.Outcome outcome) {
        return outcome.severity() == null || outcome.severity().compareTo(Severity.ERR) > 0;
    }

    /** {@code Name: value} lines. */
    private static void info(StringBuilder out, String text) {
        out.append('{');
        for (String line : text.split("\n")) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                out.append(out.length() > 1 ? "," : "");
                TypedValues.quote(out, line.substring(0, colon));
                out.append(':');
                value(out, line.substring(colon + 2));
            }
        }
        out.append('}');
    }

    /** Numbers stay numbers. */
    static void value(StringBuilder out, String text) {
        boolean number = !text.isEmpty() && text.length() < 16 && (text.length() == 1 || text.charAt(0) != '0');
        for (int i = 0; i < text.length() && number; i++) {
            char c = text.charAt(i);
            number = c >= '0' && c <= '9' || c == '-' && i == 0 && text.length() > 1 && text.charAt(1) != '0';
        }
        if (number) {
            out.append(text);
        } else {
            TypedValues.quote(out, text);
        }
    }

    /** The first row has the names; what is empty is left out. */
    private static void rows(StringBuilder out, List<List<String>> rows) {
        List<String> names = rows.isEmpty() ? List.of() : rows.getFirst();
        out.append('[');
        for (int i = 1; i < rows.size(); i++) {
            out.append(i > 1 ? ",{" : "{");
            boolean first = true;
            List<String> row = rows.get(i);
            for (int column = 0; column < Math.min(names.size(), row.size()); column++) {
                if (!row.get(column).isEmpty() && !names.get(column).equals("-")) {
                    out.append(first ? "" : ",");
                    first = false;
                    TypedValues.quote(out, names.get(column));
                    out.append(':');
                    value(out, row.get(column));
                }
            }
            out.append('}');
        }
        out.append(']');
    }

    private static List<List<String>> blanks(String text) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : text.split("\n")) {
            String row = line.startsWith("# ") ? line.substring(2) : line;
            if (row.indexOf(' ') > 0) {
                rows.add(List.of(row.split(" ")));
            }
        }
        return rows;
    }

    private static List<List<String>> csv(String text) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : text.split("\n")) {
            List<String> cells = new ArrayList<>();
            StringBuilder cell = new StringBuilder();
            boolean quoted = false;
            String row = line.startsWith("# ") ? line.substring(2) : line;
            for (int i = 0; i < row.length(); i++) {
                char c = row.charAt(i);
                if (c == '"') {
                    boolean twice = quoted && i + 1 < row.length() && row.charAt(i + 1) == '"';
                    quoted = twice || !quoted;
                    if (twice) {
                        cell.append(row.charAt(++i));
                    }
                } else if (c == ',' && !quoted) {
                    cells.add(cell.toString());
                    cell.setLength(0);
                } else {
                    cell.append(c);
                }
            }
            if (!cells.isEmpty()) {
                rows.add(cells);
            }
        }
        return rows;
    }
}
