package dev.weir.config.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows are HAProxy's own answers: outcome and, where it refuses, its message. */
class ConditionsTest {

    private static final ConditionFacts FACTS = new ConditionFacts() {
        @Override
        public boolean isDefined(String variable) {
            return variable.equals("PATH");
        }

        @Override
        public boolean hasFeature(String name) {
            return name.equals("OPENSSL");
        }

        @Override
        public boolean isEnabled(String option) {
            return option.equals("EPOLL");
        }

        @Override
        public String tlsLibrary() {
            return "OpenSSL 3.0.22";
        }

        @Override
        public String tlsVersion() {
            return "3.0.22";
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "-1", "+1", "01", "0x1", " 1 ", "\t1", "010", "99999999999999999999", "4294967296",
        "!0", "! 0", "!!1", "!(0)", "(1)", "( 1 ) ", "((((1))))", "1&&1", "0||1", "1&&0||1", "1||0&&0",
        "1||defined", "(1&&0)||(1&&1)", "(1||0) && 1", "streq(a,a)&&streq(b,b)",
        "defined(PATH)", "!defined(NOPE)", "streq(a,a)", "streq(,)", "streq(a b,a b)", "streq(\"a,b\",'a,b')",
        "streq(\"a\"b,ab)", "streq(\\\\,\\)", "streq(\\ a,\" a\")", "streq((,()", "strneq(a,b)", "strstr(abc,b)",
        "strstr(abc,)", "feature(OPENSSL)", "feature()", "feature", "enabled(EPOLL)", "version_atleast(2.6.0)",
        "version_atleast(3.5)", "version_atleast(3.5.0)", "version_atleast(3.5-dev9)", "version_atleast(v9)",
        "version_atleast", "version_before(3.6)", "version_before(3.5.1)", "version_before(4)",
        "ssllib_name_startswith(OpenSSL)", "openssl_version_atleast(1.1.1k)", "openssl_version_atleast(3.0.22)",
        "openssl_version_before(3.5.0)"})
    void holds(String condition) {
        assertEquals(ConditionEvaluator.Result.of(true), Conditions.evaluate(condition, FACTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "00", "-0", "0x0", "!1", "!!0", "!-1", "1&&0", "1 && 0", "(1) && (0)", "0&&1||0",
        "defined(NOPE)", "defined()", "defined", "defined( PATH )", "streq(a,b)", "streq( a,a)", "streq(a,a )",
        "strneq(a,a)", "strneq(,)", "strstr(b,abc)", "feature(openssl)", "feature(OPEN)", "feature(+OPENSSL)",
        "enabled(NOPE)", "enabled()", "fips_mode()", "fips_mode", "version_before(3.5)", "version_before(3.5.0)",
        "version_before(v2.7)", "version_before", "version_atleast(3.5.1)", "openssl_version_before(1.1.1)",
        "openssl_version_atleast(3.0.23)", "ssllib_name_startswith(wolfSSL)", "awslc_api_atleast(35)"})
    void fails(String condition) {
        assertEquals(ConditionEvaluator.Result.of(false), Conditions.evaluate(condition, FACTS));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '#', ignoreLeadingAndTrailingWhitespace = false, value = {
        "1a#unexpected character 'a' at the end of conditional expression '1a'",
        "1 0#unexpected character '0' at the end of conditional expression '1 0'",
        "1)#unexpected character ')' at the end of conditional expression '1)'",
        "1 & 1#unexpected character '&' at the end of conditional expression '1 & 1'",
        "1|1#unexpected character '|' at the end of conditional expression '1|1'",
        "(1) (0)#unexpected character '(' at the end of conditional expression '(1) (0)'",
        "1.5#unexpected character '.' at the end of conditional expression '1.5'",
        "08#unexpected character '8' at the end of conditional expression '08'",
        "0xg#unexpected character 'x' at the end of conditional expression '0xg'",
        "feature(a)b#unexpected character 'b' at the end of conditional expression 'feature(a)b'",
        "streq(a,(a))#unexpected character ')' at the end of conditional expression 'streq(a,(a))'",
        "1 || 1 x#unexpected character 'x' at the end of conditional expression '1 || 1 x'",
        " 1 x#unexpected character 'x' at the end of conditional expression ' 1 x'",
        "true#unparsable conditional expression 'true'",
        "Defined(PATH)#unparsable conditional expression 'Defined(PATH)'",
        "defined.x#unparsable conditional expression 'defined.x'",
        "()#unparsable conditional expression ')'",
        "!()#unparsable conditional expression ')'",
        "!#unparsable conditional expression '!'",
        "! foo#unparsable conditional expression '! foo'",
        "(!)#unparsable conditional expression '!)'",
        "(#unparsable conditional expression '('",
        "!(#unparsable conditional expression '!('",
        " (#unparsable conditional expression ' ('",
        "( foo)#unparsable conditional expression 'foo)'",
        "--1#unparsable conditional expression '--1'",
        "&& 1#unparsable conditional expression '&& 1'",
        "1 &&& 1#unparsable conditional expression '& 1'",
        "1 ||| 1#unparsable conditional expression '| 1'",
        "1||foo#unparsable conditional expression 'foo'",
        "0&&foo(#unparsable conditional expression 'foo('",
        "1||(foo#unparsable conditional expression 'foo'",
        "1 && foo || bar#unparsable conditional expression 'foo || bar'",
        "1 ||#unparsable conditional expression '1 ||'",
        "1 || #unparsable conditional expression '1 || '",
        "1||1||#unparsable conditional expression '1||1||'",
        "1 && 1 ||#unparsable conditional expression '1 && 1 ||'",
        "1 || (1 ||#unparsable conditional expression '(1 ||'",
        "1 || (1 || )#unparsable conditional expression ')'",
        "0&&#unparsable conditional expression '&&'",
        "0 && #unparsable conditional expression '&& '",
        "0&&1&&#unparsable conditional expression '&&1&&'",
        "0||1&&#unparsable conditional expression '&&'",
        "1 && !#unparsable conditional expression '!'",
        "(1 && )#unparsable conditional expression ')'",
        " #unparsable conditional sub-expression ' '",
        "(1#expected ')' after conditional expression '(1'",
        "((1)#expected ')' after conditional expression '((1)'",
        "(1 x)#expected ')' after conditional expression '(1 x)'",
        "! (1 x)#expected ')' after conditional expression '! (1 x)'",
        "1||(1#expected ')' after conditional expression '(1'",
        "defined(#expected ')' in argument 1 of predicate 'defined' used in conditional expression",
        "defined(A,B) && 1#expected ')' before ',B) && 1' in argument 1 of predicate 'defined' used in conditional expression",
        "streq(a,b#expected ')' in argument 1 of predicate 'streq' used in conditional expression",
        "streq(a,b,c)#expected ')' before ',c)' in argument 1 of predicate 'streq' used in conditional expression",
        "streq(a)#missing arguments (got 1/2), type 'string' expected in argument 1 of predicate 'streq' used in conditional expression",
        "streq()#missing arguments (got 1/2), type 'string' expected in argument 1 of predicate 'streq' used in conditional expression",
        "streq x#missing arguments (got 1/2), type 'string' expected in argument 1 of predicate 'streq' used in conditional expression",
        "streq((a),(a))#missing arguments (got 1/2), type 'string' expected in argument 1 of predicate 'streq' used in conditional expression",
    })
    void refusesWithTheMessage(String condition, String message) {
        ConditionEvaluator.Result result = Conditions.evaluate(condition, FACTS);
        assertFalse(result.holds());
        assertEquals(message, result.error());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', ignoreLeadingAndTrailingWhitespace = false, value = {
        "nonsense(1)#1", "1 foo#3", "(1#1", "1 && (1#6", "streq(a)#8", "1 && streq(a)#13", "streq(a,b,c)#10",
        "1 && defined(A,B)#15", "0&&#2", "1 && 0 && #3", "1||1||#2", "1 || foo#6", "(1 || )#7", "!#1", "1 && !#6",
        "(1 x)#1", "defined(#9"
    })
    void pointsAtTheError(String condition, int position) {
        assertEquals(position, Conditions.evaluate(condition, FACTS).position());
    }

    @Test
    void boundsNesting() {
        assertTrue(Conditions.evaluate("(".repeat(340) + "1" + ")".repeat(340), FACTS).holds());
        assertNotNull(Conditions.evaluate("(".repeat(5000) + "1" + ")".repeat(5000), FACTS).error());
        assertNull(Conditions.evaluate("0" + "||0".repeat(1021), FACTS).error());
        assertEquals("unparsable conditional expression '0'",
                Conditions.evaluate("0" + "||0".repeat(1022), FACTS).error());
        assertTrue(Conditions.evaluate("!".repeat(100_000) + "1", FACTS).holds());
    }

    @ParameterizedTest
    @CsvSource({
        "2.6.13, 2.6.12, 1", "2.6, 2.6.0.0, 0", "2.6-dev1, 2.6, -1", "2.6-dev2, 2.6-dev10, -1", "2.6-rc1, 2.6-dev99, 1",
        "2.6-pre1, 2.6-rc1, 0", "2.6-foo, 2.6, 0", "2.6-1, 2.6, 1", "2.6-abc-3, 2.6-2, 1", "2.6-1-x, 2.6, 0",
        "2.6-0, 2.6, 0", "2.6-dev1-abc-5, 2.6-dev1, 1", "2.999999999999, 2.6, 1", "3.5.0-weir0.1.0, 3.5-dev9, 1"
    })
    void ordersVersions(String left, String right, int order) {
        assertEquals(order, Version.parse(left).compareTo(Version.parse(right)));
        assertEquals(-order, Version.parse(right).compareTo(Version.parse(left)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v2.7", "abc", "2.6x", "2.6 ", "-1"})
    void refusesWhatIsNoVersion(String text) {
        assertNull(Version.parse(text));
    }
}
