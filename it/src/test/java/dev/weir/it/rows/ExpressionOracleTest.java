package dev.weir.it.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The rows of the expression tests, from outside: both products answer a request with the value. Those of
 * {@code newer.rows} are asked of Weir alone. Where both differ, {@code expressions.differences} says why.
 */
class ExpressionOracleTest {

    private static final String ARGUMENTS = "arguments";
    private static final List<String> FILES = List.of("casts", "casts2", "converters", "converters2", "protocols", "http",
            "errors", "stick", "uses", ARGUMENTS);

    private static final String VARIES = "varies:";

    private static String open = "";
    private static Expressions weir;
    private static Expressions haproxy;
    private static Map<Row, String> weirSaid;
    private static Map<Row, String> haproxySaid;

    @TestFactory
    Stream<DynamicNode> alike() throws IOException {
        Product.HAPROXY.needs(Part.START);
        Map<String, String> differences = ExpressionRow.differences();
        List<DynamicNode> files = new ArrayList<>();
        for (String file : FILES) {
            List<ExpressionRow> rows = ExpressionRow.all(file);
            files.add(DynamicContainer.dynamicContainer(file, rows.stream().map(row -> DynamicTest.dynamicTest(
                    row.toString(), () -> compare(row, rows, differences.get(row.key()))))));
        }
        return files.stream();
    }

    private static void compare(ExpressionRow row, List<ExpressionRow> rows, String reason) throws Exception {
        open(row.file(), rows, true);
        String his = row.isError() ? haproxySaid.get(line(row)) : haproxy.answer(row);
        String ours = row.isError() ? weirSaid.get(line(row)) : weir.answer(row);
        if (row.file().equals(ARGUMENTS)) {
            // HAProxy goes on to look for what the arguments name
            his = his.replaceFirst(" / A parsing.*", "");
        }
        if (reason != null && reason.startsWith(VARIES)) {
            assertEquals(his.substring(0, 2), ours.substring(0, 2), row::toString);
        } else if (reason != null) {
            assertNotEquals(his, ours, row + ": alike now, no reason is needed");
        } else {
            assertEquals(his, ours, row::toString);
        }
    }

    @TestFactory
    Stream<DynamicTest> newer() throws IOException {
        List<ExpressionRow> rows = ExpressionRow.all("newer").stream().filter(r -> !r.isError()).toList();
        Map<String, String> differences = ExpressionRow.differences();
        return rows.stream().map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
            open("newer", rows, false);
            String reason = differences.getOrDefault(row.key(), "");
            if (reason.startsWith(VARIES)) {
                assertEquals("ok ", weir.answer(row).substring(0, 3), row::toString);
            } else if (!reason.isEmpty()) {
                assertNotEquals(row.expected(), weir.answer(row), row + ": alike now, no reason is needed");
            } else {
                assertEquals(row.expected(), weir.answer(row), row::toString);
            }
        }));
    }

    /** A wrong expression as a line of a file. */
    private static Row line(ExpressionRow row) {
        String text = row.expression().replaceAll("([ '\"#\\\\])", "\\\\$1");
        // HAProxy stops at the first wrong rule, but not at a wrong format
        String before = row.file().equals(ARGUMENTS) ? "unique-id-format %[" : "http-request set-header x %[";
        return new Row(row.line(), Row.Kind.LINE, "!", before + text + "]", Row.Verdict.SAME, "", null);
    }

    private static void open(String file, List<ExpressionRow> rows, boolean both) throws Exception {
        if (open.equals(file)) {
            return;
        }
        close();
        open = file;
        List<ExpressionRow> values = rows.stream().filter(r -> !r.isError()).toList();
        List<Row> lines = rows.stream().filter(ExpressionRow::isError).map(ExpressionOracleTest::line).distinct().toList();
        weirSaid = Lines.of(Product.WEIR, lines);
        weir = new Expressions(Product.WEIR, values);
        if (both) {
            haproxySaid = Lines.of(Product.HAPROXY, lines);
            haproxy = new Expressions(Product.HAPROXY, values);
        }
    }

    @AfterAll
    static void close() throws Exception {
        open = "";
        for (Expressions half : new Expressions[] {weir, haproxy}) {
            if (half != null) {
                half.close();
            }
        }
        weir = null;
        haproxy = null;
    }
}
