package dev.weir.keyword;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.base.log.LogClock;
import dev.weir.base.log.LogLine;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionLogValues;
import dev.weir.flow.expr.LogFormats;
import dev.weir.flow.expr.LogRecord;
import dev.weir.flow.expr.Point;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions within log formats: what they write, in which type, and what is said of wrong ones. */
class LogExpressionTest {

    private final TestScope scope = new TestScope();
    private final LogFormats formats = new LogFormats(new LogClock(ZoneId.of("UTC")), "vm", 1,
            new ExpressionLogValues(scope, Point.LOG, LogRecord::expressions), true);

    /** A record that knows only its expressions. */
    private static LogRecord record(ExpressionContext context) {
        return (LogRecord) Proxy.newProxyInstance(LogRecord.class.getClassLoader(), new Class<?>[] {LogRecord.class},
                (proxy, method, arguments) -> method.getName().equals("expressions") ? context : null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '\0', value = {
        "%[str(abc),upper] ! ABC", "a%[int(3),add(4)]b ! a7b", "%{+Q}[str(x)] ! \"x\"", "%[var(txn.none)] ! -",
        "%{+Q}[var(txn.none)] ! \"\"", "%[bool(true)] ! 1", "%{+E}[str(a),concat(])] ! a\\]",
        "%{+json}o%(s)[str(x)]%(i)[int(5)]%(b)[bool(true)]%(n)[var(txn.n)]%[int(9)] ! {\"s\": \"x\", \"i\": 5, \"b\": true, \"n\": null}",
        "%{+json}o%(i:str)[int(5)]%(b:sint)[bool(true)]%(c:bool)[int(0)] ! {\"i\": \"5\", \"b\": 1, \"c\": false}",
        "%{+cbor}o%(s)[str(x)]%(b)[bool(false)] ! BF617361786162F4FF",
        "%[nosuch] ! failed to parse sample expression <nosuch]> : unknown fetch method 'nosuch'.",
        "%[str(a),nosuch] ! failed to parse sample expression <str(a),nosuch]> : unknown converter 'nosuch'.",
        "%[req.body] ! sample fetch <req.body]> may not be reliably used here because it needs 'HTTP request headers' which is not available here.",
        "%[str(a)x ! expected ']' after 'str(a)', but found 'x'.", "%[str(a) ! missing ']' after 'str(a)'.",
    })
    void isWritten(String format, String expected) {
        LogFormats.Compiled compiled = formats.compile(format.trim());
        assertEquals(expected.trim(), compiled.error() != null ? compiled.error() : line(compiled));
    }

    private String line(LogFormats.Compiled compiled) {
        LogLine out = new LogLine();
        compiled.format().write(record(new TestExchange(scope)), out);
        return new String(out.array(), 0, out.length(), StandardCharsets.ISO_8859_1);
    }
}
