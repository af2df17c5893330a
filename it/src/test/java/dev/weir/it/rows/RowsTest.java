package dev.weir.it.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every row of every file: HAProxy answers what the file says, and so does Weir, unless the row gives the reason why not.
 * With {@code -Dweir.update=true} answers are written into the files.
 */
class RowsTest {

    private static final boolean UPDATES = Boolean.getBoolean("weir.update");
    private static final String ONLY = System.getProperty("weir.rows", "");

    /** The pair of processes of the file that is being run. */
    private static RowFile open;
    private static Half weir;
    private static Half haproxy;
    private static Map<Row, String> weirSaid;
    private static Map<Row, String> haproxySaid;
    private static final Map<Integer, String> ANSWERS = new HashMap<>();
    private static int known;

    @TestFactory
    Stream<DynamicNode> rows() throws IOException {
        Product.HAPROXY.needs(Part.START);
        return RowFile.all().stream().filter(f -> f.name().contains(ONLY)).map(RowsTest::container);
    }

    private static DynamicNode container(RowFile file) {
        return DynamicContainer.dynamicContainer(file.name(), file.rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> check(file, row))));
    }

    private static void check(RowFile file, Row row) throws Exception {
        if (open != file) {
            close();
            open(file);
        }
        String his = row.kind() == Row.Kind.LINE ? haproxySaid.get(row) : haproxy.answer(row);
        String ours = row.kind() == Row.Kind.LINE ? weirSaid.get(row) : weir.answer(row);
        if (UPDATES) {
            ANSWERS.put(row.line(), row.verdict() == Row.Verdict.NEWER ? ours : his);
        } else if (row.verdict() == Row.Verdict.NEWER) {
            assertNotEquals(his, ours, row + ": HAProxy 2.6 does so too, no reason is needed");
            assertEquals(row.expected(), ours, row + ": " + row.reason());
            return;
        } else {
            assertEquals(row.expected(), his, row + ": the file does not say what HAProxy does");
        }
        if (row.verdict() == Row.Verdict.KNOWN) {
            known++;
            assertNotEquals(his, ours, row + ": no longer wrong, take the reason away");
        } else if (row.verdict() == Row.Verdict.SAME) {
            assertEquals(his, ours, row::toString);
        }
    }

    private static void open(RowFile file) throws IOException {
        open = file;
        List<Row> lines = file.rows().stream().filter(r -> r.kind() == Row.Kind.LINE).toList();
        haproxySaid = Lines.of(Product.HAPROXY, lines);
        weirSaid = Lines.of(Product.WEIR, lines);
        if (lines.size() < file.rows().size()) {
            haproxy = new Half(Product.HAPROXY, file);
            weir = new Half(Product.WEIR, file);
        }
    }

    @AfterAll
    static void close() throws Exception {
        if (open != null && UPDATES) {
            open.record(ANSWERS);
        }
        ANSWERS.clear();
        for (Half half : new Half[] {weir, haproxy}) {
            if (half != null) {
                half.close();
            }
        }
        weir = null;
        haproxy = null;
        open = null;
    }

    @AfterAll
    static void count() {
        System.out.println("rows that are known to be wrong in Weir: " + known);
    }
}
