package dev.weir.keyword.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditional blocks, one line per bar; what they print was compared with HAProxy 2.6. */
class ConditionalFilesTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        ".if 1|.if 0|.notice a|.elif 1|.notice b|.else|.notice c|.endif|.else|.notice d|.endif ; N parsing [@]: 'b'.",
        ".if 0|.if 1|.notice a|.else|.notice b|.endif|.else|.notice c|.endif ; N parsing [@]: 'c'.",
        ".if 1|.notice a|.elif 1|.notice b|.elif 1|.notice c|.else|.notice d|.endif ; N parsing [@]: 'a'.",
        ".if 0|.elif 0|.elif 1|.notice c|.elif 1|.notice d|.endif ; N parsing [@]: 'c'.",
        ".if 0|foo|.bla|frontend $$|.endif|.notice x ; N parsing [@]: 'x'.",
        ".if 0|foo \"bar|.endif ; A parsing [@]: unmatched quote at position 5:\\n  foo \"bar\\n      ^",
        ".if 0|foo ; A parsing [@]: non-terminated '.if' block.",
        ".else ; A parsing [@]: lone '.else' with no matching '.if'.",
        ".foo ; A parsing [@]: unknown keyword '.foo' out of section.",
        ".notice a b ; A parsing [@]: Unexpected argument 'b' for '.notice'. Use quotes if the message should contain spaces.",
        ".alert x|foo ; A parsing [@]: 'x'.",
        ".diag x ; ``",
        "global|setenv A 1|.if defined(A)|.notice yes|.endif|unsetenv A|.if defined(A)|.notice no|.endif ; N parsing [@]: 'yes'.",
        "global|setenv A x|.if streq(\"$A\",x)|.notice yes|.endif ; N parsing [@]: 'yes'.",
        "frontend f|.notice \"${.SECTION}:${.LINE}\" ; N parsing [@]: 'f:2'.",
    })
    void prints(String lines, String message) {
        List<String> messages = Reading.of(lines.replace('|', '\n') + "\n").messages();
        assertEquals(message, String.join("; ", messages));
    }
}
