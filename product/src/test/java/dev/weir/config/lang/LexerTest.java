package dev.weir.config.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Place;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of lines; each row was checked against HAProxy 2.6, but for an escaped tab where the manual differs. */
class LexerTest {

    private static final Environment ENVIRONMENT =
            new Environment(Map.of("L", "l1 l2  l3", "EMPTY", "", "USER1", "joe"));

    /** In the rows a word's end is shown as a bar, and LF, CR, TAB as the letters N, R, T in angle brackets. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "\"a\"b'c' ; abc|",
        "a\\ b c ; a b|c|",
        "a\\qb ; a\\qb|",
        "\"a\\qb\" ; a\\qb|",
        "\"a\\$b $USER1 x\" ; a$b joe x|",
        "a\\$b$HOME ; a\\$b$HOME|",
        "a\\ ; a\\|",
        "\\x41\\x20\\x42 ; A B|",
        "\"\\n\\t\\r|\" ; <N><T><R>||",
        "\\n\\t\\r| ; <N><T><R>||",
        "a\\\tb ; a<T>b|",
        "\"pre${L[*]}post\" ; prel1|l2|l3post|",
        "pre\"${L[*]}\"post ; prel1|l2|l3post|",
        "\"$L\" ; l1 l2  l3|",
        "x \"${NONE[*]}\" y ; x|y|",
        "x \"\" y ; x||y|",
        "x \"$NONE\" y ; x||y|",
        "\"[${NONE-def ault}]\" ; [def ault]|",
        "\"[${L-def}]\" ; [l1 l2  l3]|",
        "\"[${NONE-}]\" ; []|",
        "\"[$NONE-x]\" ; [-x]|",
        "\"[${EMPTY-x}]\" ; []|",
        "\"[${.FILE}:${.LINE}:${.SECTION}]\" # comment ; [f:7:fe]|",
        "\"$.LINE\" ; 7|",
        "a#b c ; a|",
        "a\\#b ; a#b|",
        "\"a#b\" ; a#b|",
        "\"${NONE-a b[*]}\" ; a b[*]|",
        "\"${NONE[*]-a b}\" ; a|b|",
        "'\"$L\\n' ; \"$L\\n|",
        "\"'$L'\" ; 'l1 l2  l3'|",
        "a\tb\rc ; a|b|c|",
    })
    void cutsWords(String line, String words) {
        assertEquals(words, read(line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "log \"x ; unmatched quote at position 5",
        "log 'x ; unmatched quote at position 5",
        "log \"x\\\" ; unmatched quote at position 5",
        "log \"${FOO ; unmatched brace in environment variable name at position 7",
        "log \"${L x}\" ; unmatched brace in environment variable name at position 7",
        "log \"$\" ; forbidden first char in environment variable name at position 7",
        "log \"a$ b\" ; forbidden first char in environment variable name at position 8",
        "log \"${}\" ; forbidden first char in environment variable name at position 8",
        "log \"${1F}\" ; forbidden first char in environment variable name at position 8",
        "log \\xZZ ; truncated or invalid hexadecimal sequence at position 5",
        "log \"abc\\x4\" ; truncated or invalid hexadecimal sequence at position 9",
    })
    void saysWhereALineBreaks(String line, String message) {
        String text = read(line);
        assertEquals("config : parsing [f:7]: " + message + ":", text.lines().findFirst().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(value = {"63, 63 words", "64, 64 words",
        "65, 'config : parsing [f:7]: too many words, truncating after word 64, position 127: <w>.'"})
    void countsWords(int count, String outcome) {
        String text = read("w ".repeat(count));
        assertEquals(outcome, text.startsWith("w|") ? text.length() / 2 + " words" : text);
    }

    private static String read(String line) {
        Diagnostics diagnostics = new Diagnostics();
        ENVIRONMENT.standAt("f", 7);
        ENVIRONMENT.enter("fe");
        Statement words = new Lexer(ENVIRONMENT, diagnostics).read(line, new Place("f", 7));
        if (words == null) {
            return diagnostics.all().getFirst().text();
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < words.count(); i++) {
            out.append(words.word(i)).append('|');
        }
        return out.toString().replace("\n", "<N>").replace("\r", "<R>").replace("\t", "<T>");
    }
}
