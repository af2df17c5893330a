package dev.weir.it.rows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An expression, a request, and what becomes of it: {@code ok value}, {@code none}, {@code err message}. The rows are
 * those of the product's unit tests, asked here from outside. Immutable.
 */
record ExpressionRow(String file, int line, String expression, String request, String expected) {

    private static final Path UNIT_ROWS = Path.of("../product/src/test/resources/dev/weir/keyword");
    private static final Path DIFFERENCES = Path.of("src/test/resources/rows/expressions.differences");

    static List<ExpressionRow> all(String file) throws IOException {
        List<ExpressionRow> rows = new ArrayList<>();
        String request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
        boolean responds = false;
        int number = 0;
        String lists = UNIT_ROWS.resolve("lists").toAbsolutePath().normalize() + "/";
        for (String line : Files.readAllLines(UNIT_ROWS.resolve(file + ".rows"), StandardCharsets.ISO_8859_1)) {
            number++;
            if (line.startsWith("> ")) {
                request = Asked.bytes(line.substring(2));
                responds = false;
            } else if (line.startsWith("< ")) {
                responds = true;
            } else if (!line.isEmpty() && !line.startsWith("#") && !responds) {
                String[] cells = line.replace("@/", lists).split("\t", -1);
                String expected = cells[1].equals("none") ? "none" : cells[1] + " " + cells[2];
                rows.add(new ExpressionRow(file, number, cells[0], request, expected));
            }
        }
        return rows;
    }

    /** Why some rows are not alike, by file and expression. */
    static Map<String, String> differences() throws IOException {
        Map<String, String> reasons = new HashMap<>();
        for (String line : Files.readAllLines(DIFFERENCES, StandardCharsets.ISO_8859_1)) {
            int tab = line.lastIndexOf('\t');
            if (tab > 0 && !line.startsWith("#")) {
                reasons.put(line.substring(0, tab), line.substring(tab + 1));
            }
        }
        return reasons;
    }

    boolean isError() {
        return expected.startsWith("err ");
    }

    /** As the file of differences names it: with the method where it is not GET. */
    String key() {
        String method = request.startsWith("GET ") ? "" : request.substring(0, request.indexOf(' ') + 1);
        return file + "\t" + method + expression.replaceAll("/[^ ,)]*/keyword/lists/", "@/");
    }

    @Override
    public String toString() {
        return file + ":" + line + " " + expression;
    }
}
