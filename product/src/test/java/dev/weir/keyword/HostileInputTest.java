package dev.weir.keyword;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionCompiler;
import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableScope;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever arrives, a converter gives a value or none; whatever is written, the compiler gives an answer. */
class HostileInputTest {

    private static final int ROUNDS = 20;

    private static List<String> expressions() throws Exception {
        String lists = Path.of(HostileInputTest.class.getResource("/dev/weir/keyword/lists").toURI()) + "/";
        List<String> found = new ArrayList<>();
        for (String file : new String[] {"converters", "converters2", "protocols", "newer", "errors", "http", "stick"}) {
            try (InputStream in = HostileInputTest.class.getResourceAsStream("/dev/weir/keyword/" + file + ".rows")) {
                for (String row : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).split("\n")) {
                    if (row.indexOf('\t') > 0) {
                        found.add(row.substring(0, row.indexOf('\t')).replace("@/", lists));
                    }
                }
            }
        }
        return found;
    }

    @Test
    void convertersTakeAnyBytes() throws Exception {
        assertTrue(converters(11, ROUNDS) > 1000);
    }

    @Test
    void theCompilerAnswersAnyText() throws Exception {
        texts(12, ROUNDS * 300);
    }

    static void fuzz(long seed, int rounds) throws Exception {
        converters(seed, rounds);
        texts(seed, rounds * 300);
    }

    private static int converters(long seed, int rounds) throws Exception {
        TestScope scope = new TestScope();
        Random random = new Random(seed);
        int evaluated = 0;
        for (String text : expressions()) {
            int bracket = text.indexOf("),");
            if (bracket < 0 || text.startsWith("str('") || text.startsWith("str(\"")) {
                continue;
            }
            String chain = "var(txn.x)" + text.substring(bracket + 1);
            Expression expression = new ExpressionCompiler(scope).compile(chain, 0).expression();
            for (int i = 0; expression != null && i < rounds; i++) {
                TestExchange exchange = new TestExchange(scope);
                Sample input = new Sample();
                input(text, random, input);
                int number = scope.variables().parse("txn.x").name().number();
                exchange.variables.get(VariableScope.TXN).set(number, input);
                Sample out = new Sample();
                if (expression.evaluate(exchange, out)) {
                    assertTrue(out.length() <= 16384 && out.toString() != null, chain);
                }
                evaluated++;
            }
        }
        return evaluated;
    }

    /** Random bytes, or those of the row with some changed or cut off. */
    private static void input(String text, Random random, Sample out) {
        byte[] bytes;
        int open = text.indexOf('(');
        int close = text.indexOf("),");
        if (random.nextInt(3) == 0 || open < 0 || open > close) {
            bytes = new byte[random.nextInt(70)];
            random.nextBytes(bytes);
        } else {
            String literal = text.substring(open + 1, close);
            boolean hex = text.startsWith("bin(") && literal.length() % 2 == 0 && literal.matches("[0-9a-fA-F]*");
            bytes = hex ? java.util.HexFormat.of().parseHex(literal) : literal.getBytes(StandardCharsets.ISO_8859_1);
            for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
        }
        int from = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : 0;
        int to = random.nextInt(3) == 0 ? from + random.nextInt(bytes.length - from + 1) : bytes.length;
        if (random.nextInt(5) == 0) {
            out.integer(random.nextLong() >> random.nextInt(64));
        } else if (random.nextBoolean()) {
            out.string(bytes, from, to - from);
        } else {
            out.binary(bytes, from, to - from);
        }
    }

    private static void texts(long seed, int rounds) throws Exception {
        TestScope scope = new TestScope();
        Random random = new Random(seed);
        List<String> all = expressions();
        String letters = "(),\\\"' abc019.-_+%$[]{}\0\u00ff";
        for (int i = 0; i < rounds; i++) {
            StringBuilder text = new StringBuilder(all.get(random.nextInt(all.size())));
            for (int edits = 1 + random.nextInt(4); edits > 0 && text.length() > 0; edits--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, letters.charAt(random.nextInt(letters.length())));
                    case 1 -> text.insert(at, letters.charAt(random.nextInt(letters.length())));
                    default -> text.deleteCharAt(at);
                }
            }
            ExpressionCompiler.Compiled compiled = new ExpressionCompiler(scope).compile(text.toString(), 0);
            assertTrue(compiled.expression() == null != (compiled.error() == null), text.toString());
        }
    }
}
