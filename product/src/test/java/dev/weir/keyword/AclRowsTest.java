package dev.weir.keyword;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.flow.expr.Acl;
import dev.weir.flow.expr.AclCompiler;
import dev.weir.flow.expr.AclResult;
import dev.weir.flow.expr.ConditionCompiler;
import dev.weir.flow.expr.Point;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** ACLs and conditions: what is said about wrong ones, and what right ones say, as HAProxy 2.6 has it. */
class AclRowsTest {

    private static String directory() throws Exception {
        return Path.of(AclRowsTest.class.getResource("/dev/weir/keyword/lists").toURI()) + "/";
    }

    private static List<String> read(String file) throws Exception {
        try (InputStream in = AclRowsTest.class.getResourceAsStream("/dev/weir/keyword/" + file + ".rows")) {
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).replace("@/", directory());
            return List.of(text.split("\n"));
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(" ")) {
            words.add(word.equals("\"\"") ? "" : word);
        }
        return words;
    }

    @TestFactory
    List<DynamicTest> declarations() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String row : read("acls")) {
            if (!row.startsWith("#")) {
                String[] cells = row.split("\t", -1);
                tests.add(DynamicTest.dynamicTest(cells[0],
                        () -> assertEquals((cells[1] + " " + cells[2]).strip(), declare(cells[0]).strip())));
            }
        }
        return tests;
    }

    /** The lines of a frontend in HTTP mode. */
    private static String declare(String text) {
        TestScope scope = new TestScope();
        List<String> warnings = new ArrayList<>();
        for (String line : text.split(" ;; ")) {
            String[] all = line.split(" ");
            if (all[0].equals("acl")) {
                String nameError = AclCompiler.nameError(all[1]);
                AclCompiler.Declared declared = nameError != null ? null : new AclCompiler(scope).declare(all[1],
                        scope.acls.get(all[1]), Arrays.asList(all).subList(2, all.length), warnings);
                if (nameError != null || declared.error() != null) {
                    return "err " + (nameError != null ? nameError : declared.error());
                }
                scope.acls.put(all[1], declared.acl());
            } else if (all.length > 2 && !all[2].equals("if") && !all[2].equals("unless")) {
                return "err 'http-request deny' expects either 'if' or 'unless' followed by a condition but found '"
                        + all[2] + "'";
            } else {
                ConditionCompiler.Compiled compiled = new ConditionCompiler(scope).compile(
                        Arrays.asList(all).subList(3, all.length), all[2].equals("unless"));
                if (compiled.error() != null) {
                    return "err " + compiled.error();
                }
                warnings.addAll(compiled.warnings());
                warnings.addAll(compiled.condition().warnings(
                        all[0].equals("http-response") ? Point.FE_RESPONSE : Point.FE_REQUEST));
                if (compiled.condition().isRaw()) {
                    warnings.add("Proxy 'f': L6 sample fetches ignored on HTTP proxies (declared at a.cfg:14).");
                }
            }
        }
        String first = warnings.isEmpty() ? "" : warnings.get(0);
        return first.isEmpty() ? "ok" : "warn " + (first.contains("no pattern to match") ? "no pattern" : first);
    }

    @TestFactory
    List<DynamicTest> conditions() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        String request = null;
        for (String row : read("conditions")) {
            if (row.startsWith("> ")) {
                request = row.substring(2).replace("\\r", "\r").replace("\\n", "\n");
            } else if (!row.startsWith("#")) {
                String asked = request;
                String[] cells = row.split("\t", -1);
                tests.add(DynamicTest.dynamicTest(cells[0], () -> assertEquals(cells[1], holds(cells[0], asked))));
            }
        }
        return tests;
    }

    private static String holds(String text, String request) {
        TestScope scope = new TestScope();
        TestExchange exchange = new TestExchange(scope);
        exchange.request(request);
        List<String> words = new ArrayList<>(words(text));
        words.add(0, "{");
        words.add("}");
        ConditionCompiler.Compiled compiled = new ConditionCompiler(scope).compile(words, false);
        assertEquals(null, compiled.error());
        return compiled.condition().holds(exchange) ? "yes" : "no";
    }

    @Test
    void operatorsCombineAndUnknownStaysUnknown() {
        TestScope scope = new TestScope();
        TestExchange exchange = new TestExchange(scope);
        exchange.requestBuffer = new TestExchange.Bytes("abc".getBytes(StandardCharsets.US_ASCII), false);
        exchange.isFinal = false;
        String[][] rows = {
            {"TRUE", "3"}, {"FALSE", "0"}, {"!TRUE", "0"}, {"! FALSE", "3"}, {"!!TRUE", "3"}, {"TRUE FALSE", "0"},
            {"TRUE !FALSE", "3"}, {"FALSE or TRUE", "3"}, {"FALSE || FALSE", "0"}, {"TRUE FALSE or !FALSE TRUE", "3"},
            {"WAIT_END", "1"}, {"!WAIT_END", "1"}, {"WAIT_END TRUE", "1"}, {"WAIT_END FALSE", "0"},
            {"WAIT_END or TRUE", "3"}, {"WAIT_END or FALSE", "1"}, {"{ req.len ge 3 }", "3"}, {"{ req.len ge 4 }", "1"},
            {"{ req.len lt 3 }", "1"}, {"{ req.payload(0,2) -m str ab }", "3"}, {"{ req.payload(0,9) -m found }", "1"},
            {"{ req.payload(0,2) -m str xx }", "0"}, {"HTTP", "1"}, {"METH_GET", "1"},
            {"{ acl(x) }", "1"}, {"{ acl(!y) }", "3"}, {"{ acl(x,y) }", "1"}};
        List<String> ignored = new ArrayList<>();
        AclCompiler compiler = new AclCompiler(scope);
        Acl waiting = compiler.declare("x", null, List.of("wait_end"), ignored).acl();
        scope.acls.put("x", waiting);
        scope.acls.put("y", compiler.declare("y", null, List.of("always_false"), ignored).acl());
        for (String[] row : rows) {
            ConditionCompiler.Compiled compiled = new ConditionCompiler(scope).compile(words(row[0]), false);
            assertEquals(null, compiled.error(), row[0]);
            assertEquals(row[1], Integer.toString(compiled.condition().evaluate(exchange)), row[0]);
        }
        exchange.isFinal = true;
        assertEquals(AclResult.YES, waiting.evaluate(exchange));
    }
}
