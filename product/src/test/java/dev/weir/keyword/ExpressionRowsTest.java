package dev.weir.keyword;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionCompiler;
import dev.weir.flow.expr.Point;
import dev.weir.model.value.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each row is an expression and what HAProxy 2.6 made of it, or, behind {@code new}, what the manual of 3.5 says where
 * 2.6 has no word for it or another one. Rows under a line with {@code >} are asked with that request, with
 * {@code <} with that response as well.
 */
class ExpressionRowsTest {

    private static final List<String> FILES = List.of("casts", "casts2", "converters", "converters2", "protocols",
            "errors", "http", "newer", "stick", "uses", "arguments",
            "arguments-newer");

    @TestFactory
    List<DynamicTest> rows() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String file : FILES) {
            String request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
            String response = null;
            int line = 0;
            for (String row : read(file)) {
                line++;
                if (row.isEmpty() || row.startsWith("#")) {
                    continue;
                }
                if (row.startsWith("> ")) {
                    request = unescape(row.substring(2));
                    response = null;
                } else if (row.startsWith("< ")) {
                    response = unescape(row.substring(2));
                } else {
                    String asked = request;
                    String answered = response;
                    String[] cells = row.split("\t", -1);
                    tests.add(DynamicTest.dynamicTest(file + ":" + line + " " + cells[0],
                            () -> check(cells, asked, answered)));
                }
            }
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> buffers() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        byte[] buffer = null;
        for (String row : read("buffers")) {
            if (row.startsWith("= ")) {
                buffer = HexFormat.of().parseHex(row.substring(2));
            } else if (!row.startsWith("#")) {
                byte[] given = buffer;
                String[] cells = row.split("\t", -1);
                String expected = cells[1].equals("none") ? "none" : cells[2].equals("-") ? "ok " : "ok " + cells[2];
                tests.add(DynamicTest.dynamicTest(cells[0], () -> assertEquals(expected, inBuffer(cells[0], given))));
            }
        }
        return tests;
    }

    /** With the whole buffer; and cut anywhere there is an answer without an exception. */
    private static String inBuffer(String text, byte[] buffer) {
        TestScope scope = new TestScope();
        TestExchange exchange = new TestExchange(scope);
        Expression expression = new ExpressionCompiler(scope).compile(text + ",hex", 0).expression();
        Sample sample = new Sample();
        for (int length = 0; length < buffer.length; length++) {
            exchange.requestBuffer = new TestExchange.Bytes(Arrays.copyOf(buffer, length), false);
            expression.evaluate(exchange, sample);
        }
        exchange.requestBuffer = new TestExchange.Bytes(buffer, true);
        return expression.evaluate(exchange, sample) ? "ok " + sample : "none";
    }

    private static List<String> read(String file) throws IOException {
        try (InputStream in = ExpressionRowsTest.class.getResourceAsStream("/dev/weir/keyword/" + file + ".rows")) {
            assertNotNull(in, file);
            return List.of(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).split("\n"));
        }
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    private static void check(String[] cells, String request, String response) throws Exception {
        String directory = Path.of(ExpressionRowsTest.class.getResource("/dev/weir/keyword/lists").toURI()) + "/";
        String text = cells[0].replace("@/", directory);
        String expected = cells[1].equals("none") ? "none" : cells[1] + " " + cells[2].replace("@/", directory);
        TestScope scope = new TestScope();
        TestExchange exchange = new TestExchange(scope);
        exchange.request(request);
        if (response != null) {
            exchange.response(response);
        }
        assertEquals(expected, answer(text, scope, exchange));
    }

    /** As the rule {@code http-request set-header x %[...]} would. */
    private static String answer(String text, TestScope scope, TestExchange exchange) {
        ExpressionCompiler.Compiled compiled = new ExpressionCompiler(scope).compile(text + "]", 0);
        if (compiled.error() != null) {
            return "err " + compiled.error();
        }
        if (compiled.end() < text.length()) {
            return "err expected ']' after '" + text.substring(0, compiled.end()) + "', but found '"
                    + text.charAt(compiled.end()) + "'";
        }
        Point point = exchange.isResponse ? Point.BE_RESPONSE : Point.FE_REQUEST;
        if (!compiled.expression().isValidAt(point)) {
            return "err sample fetch <" + text + "]> may not be reliably used here because it needs '"
                    + compiled.expression().needs() + "' which is not available here";
        }
        Sample sample = new Sample();
        return compiled.expression().evaluate(exchange, sample) ? "ok " + sample : "none";
    }
}
