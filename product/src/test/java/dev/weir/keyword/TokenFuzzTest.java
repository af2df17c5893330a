package dev.weir.keyword;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.log.LogClock;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionCompiler;
import dev.weir.flow.expr.LogFormats;
import dev.weir.flow.expr.LogValues;
import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableScope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Web tokens and keys with a few bytes changed become a value or an empty one; log formats are compiled or refused. */
class TokenFuzzTest {

    private static final Path TOKENS = Path.of("it/src/test/resources/values/7.3.1-newer.values");
    private static final String[] CHAINS = {"jwt_decrypt_jwk(txn.k)", "jwt_decrypt_secret(txn.k)", "jwt_header_query('$.alg')",
        "jwt_payload_query", "jwt_verify(txn.k,txn.k)", "jwt_verify(HS256,txn.k)", "jwt_verify_cert(txn.k,txn.k)",
        "jwt_decrypt_cert(txn.k)"};
    private static final String LETTERS = "(),\\\"' abcHTscq019.-_+%$[]{}:\0\u00ff";

    @Test
    void tokensAndFormatsMayBeAnything() throws Exception {
        fuzz(7, 3);
    }

    static void fuzz(long seed, int rounds) throws Exception {
        Random random = new Random(seed);
        tokens(random, rounds);
        formats(random, rounds * 500);
    }

    private static void tokens(Random random, int rounds) throws Exception {
        TestScope scope = new TestScope();
        List<Expression> chains = new ArrayList<>();
        for (String chain : CHAINS) {
            chains.add(new ExpressionCompiler(scope).compile("var(txn.t)," + chain, 0).expression());
        }
        // from the module's directory or, by scripts/fuzz, from the one above
        Path file = Files.exists(TOKENS) ? TOKENS : Path.of("..").resolve(TOKENS);
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            int key = line.indexOf("X-Jwk: ");
            int token = line.indexOf("; X-Token: ");
            for (int i = 0; key > 0 && token > key && i < rounds; i++) {
                TestExchange exchange = new TestExchange(scope);
                put(exchange, scope, "txn.k", changed(line.substring(key + 7, token), random));
                put(exchange, scope, "txn.t", changed(line.substring(token + 11).split("; ")[0], random));
                for (Expression chain : chains) {
                    Sample out = new Sample();
                    assertTrue(!chain.evaluate(exchange, out) || out.length() <= 16384, chain.text());
                }
            }
        }
    }

    private static void put(TestExchange exchange, TestScope scope, String name, String text) {
        Sample value = new Sample();
        value.string(text.getBytes(StandardCharsets.ISO_8859_1));
        exchange.variables.get(VariableScope.TXN).set(scope.variables().parse(name).name().number(), value);
    }

    private static String changed(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int edits = random.nextInt(3); edits > 0 && !changed.isEmpty(); edits--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(4)) {
                case 0 -> changed.setCharAt(at, (char) (random.nextInt(95) + 32));
                case 1 -> changed.deleteCharAt(at);
                case 2 -> changed.setLength(at);
                default -> changed.insert(at, changed.substring(at / 2, at));
            }
        }
        return changed.toString();
    }

    private static void formats(Random random, int rounds) {
        LogFormats formats = new LogFormats(new LogClock(ZoneId.of("UTC")), "vm", 1,
                (text, from) -> new LogValues.Compiled(null, from, "unknown"), true);
        String[] known = {LogFormats.HTTP, LogFormats.HTTP_CLF, LogFormats.TCP, "%{+json}o %(a)ST %(b:sint)B %{+Q,+X}[src]"};
        for (int i = 0; i < rounds; i++) {
            StringBuilder text = new StringBuilder(known[random.nextInt(known.length)]);
            for (int edits = 1 + random.nextInt(5); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
                if (random.nextBoolean()) {
                    text.setCharAt(at, letter);
                } else {
                    text.insert(at, letter);
                }
            }
            LogFormats.Compiled compiled = formats.compile(text.toString());
            assertTrue(compiled.format() != null || compiled.error() != null, text.toString());
        }
    }
}
