package dev.weir.it.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Expressions and what real traffic makes of them, in every file of values: HAProxy gives what the file says, and so
 * does Weir; where there is a reason, Weir alone does. With {@code -Dweir.update=true} values that a file does not say yet are
 * written into it; {@code -Dweir.values=7.3.3} asks only files of that name.
 */
class ValuesTest {

    private static final boolean UPDATES = Boolean.getBoolean("weir.update");

    /** What both gave by file; asked once, even if that fails. */
    private final Map<ValueFile, FutureTask<Map<Product, Map<ValueRow, String>>>> given = new HashMap<>();

    @TestFactory
    Stream<DynamicNode> values() throws IOException {
        Product.HAPROXY.needs(Part.START);
        return ValueFile.all(System.getProperty("weir.values", "")).stream().map(this::container);
    }

    private DynamicNode container(ValueFile file) {
        return DynamicContainer.dynamicContainer(file.name(), file.rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> check(file, row))));
    }

    private void check(ValueFile file, ValueRow row) throws Exception {
        FutureTask<Map<Product, Map<ValueRow, String>>> both = given.computeIfAbsent(file, f -> new FutureTask<>(() -> ask(f)));
        both.run();
        String ours = both.get().get(Product.WEIR).get(row);
        String his = both.get().get(Product.HAPROXY).get(row);
        if (file.isNewer()) {
            his = row.expected();
        } else if (row.expected() != null && row.reason().isEmpty()) {
            assertEquals(row.expected(), his, row + ": the file does not say what HAProxy does");
        } else if (!row.reason().isEmpty()) {
            assertNotEquals(row.expected(), his, row + ": HAProxy 2.6 does so too, no reason is needed");
        }
        assertEquals(row.expected() == null ? his : row.expected(), ours, row::toString);
    }

    /** Both products at the same time: what they do is mostly waiting. */
    private static Map<Product, Map<ValueRow, String>> ask(ValueFile file) throws Exception {
        FutureTask<Map<ValueRow, String>> haproxy = new FutureTask<>(() ->
                file.isNewer() ? Map.of() : Values.of(Product.HAPROXY, file));
        Thread.ofVirtual().start(haproxy);
        Map<ValueRow, String> weir = Values.of(Product.WEIR, file);
        if (UPDATES) {
            file.record(haproxy.get(), weir);
        }
        return Map.of(Product.WEIR, weir, Product.HAPROXY, haproxy.get());
    }
}
