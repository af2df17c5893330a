package dev.weir.config.rule;

import dev.weir.config.lang.Numbers;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Text;
import dev.weir.upkeep.check.CheckStatus;
import dev.weir.upkeep.check.CheckStep;
import dev.weir.upkeep.check.ExpectStep;
import dev.weir.upkeep.check.Expectation;
import dev.weir.upkeep.check.HttpExpectStep;
import dev.weir.upkeep.check.HttpMatch;
import dev.weir.upkeep.check.Match;
import dev.weir.upkeep.check.TextTest;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code tcp-check expect} and {@code http-check expect}. */
final class CheckExpectLine {

    private static final String TCP_WORDS = "'only supports min-recv, '[!]binary', '[!]string', '[!]rstring', "
            + "'[!]string-lf''[!]rbinary', '[!]binary-lf' or comment but got '";
    private static final String HTTP_WORDS = "'only supports min-recv, [!]string', '[!]rstring', '[!]string-lf', "
            + "'[!]status', '[!]rstatus', [!]hdr, [!]fhdr or comment but got '";

    /** A pattern for either kind of check, of which one is null. */
    private record Pattern(Match match, HttpMatch http, int length, String called, String failing) {}

    private final CheckWords words;
    private final boolean http;
    private Pattern pattern;
    private boolean inverse;
    private int minimum = -1;
    private CheckStatus ok = CheckStatus.L7_OK;
    private CheckStatus error;
    private CheckStatus timeout = CheckStatus.L7_TIMEOUT;
    private Text onSuccess;
    private Text onError;
    private Expression code;
    private String comment;

    CheckExpectLine(CheckWords words) {
        this.words = words;
        this.http = words.family().equals("http-check");
    }

    CheckStep read() throws ExpressionError {
        if (!words.hasMore()) {
            throw new ExpressionError("expects at least a matching pattern as arguments");
        }
        while (words.hasMore()) {
            option(words.next());
        }
        if (pattern == null) {
            throw new ExpressionError("pattern not found");
        }
        Expectation terms = new Expectation(inverse, minimum, ok, error, timeout, onSuccess, onError, code, comment);
        return http ? new HttpExpectStep(pattern.http, terms, pattern.called)
                : new ExpectStep(pattern.match, terms, pattern.length, pattern.called, pattern.failing);
    }

    private void option(String word) throws ExpressionError {
        switch (word) {
            case "comment" -> comment = words.argument("'comment' expects a string as argument");
            case "min-recv" -> {
                long number = Numbers.leading(words.argument("'min-recv' expects a integer as argument"));
                if (number < -1 || number > Integer.MAX_VALUE) {
                    throw new ExpressionError("'min-recv' expects -1 or an integer from 0 to INT_MAX");
                }
                minimum = (int) number;
            }
            case "ok-status" -> ok = status(word, "'L4OK', 'L6OK', 'L7OK' or 'L7OKC'");
            case "error-status" -> error = status(word, http ? "'L4CON', 'L6RSP', 'L7RSP' or 'L7STS'"
                    : "'L4CON', 'L6RSP', 'L7RSP' or 'L7STS'");
            case "tout-status" -> timeout = status(word, "'L4TOUT', 'L6TOUT' or 'L7TOUT'");
            case "on-success" -> onSuccess = words.format(words.argument("'on-success' expects a string as argument"));
            case "on-error" -> onError = words.format(words.argument("'on-error' expects a string as argument"));
            case "status-code" -> code = code(words.argument("'status-code' expects an expression as argument"));
            default -> pattern(word);
        }
    }

    private CheckStatus status(String option, String known) throws ExpressionError {
        String word = words.argument("'" + option + "' expects a string as argument");
        boolean conditional = option.equals("error-status") && word.equals("L7OKC");
        if (!known.contains("'" + word + "'") && !conditional) {
            throw new ExpressionError("'" + option + "' only supports " + known + " status (got '" + word + "').");
        }
        return CheckStatus.find(word);
    }

    private Expression code(String text) throws ExpressionError {
        try {
            return words.expression(text);
        } catch (ExpressionError e) {
            throw new ExpressionError("error detected while parsing status-code expression : " + e.getMessage());
        }
    }

    private void pattern(String first) throws ExpressionError {
        String word = first;
        boolean not = word.equals("!");
        if (not) {
            word = words.next();
        } else if (word.startsWith("!")) {
            not = true;
            word = word.substring(1);
        }
        boolean known = http ? isOneOf(word, "status", "rstatus", "hdr", "fhdr", "string", "rstring", "string-lf")
                : isOneOf(word, "string", "rstring", "string-lf", "binary", "rbinary", "binary-lf");
        if (!known) {
            throw new ExpressionError((http ? HTTP_WORDS : TCP_WORDS) + word + "' as argument.");
        } else if (pattern != null) {
            throw new ExpressionError("only on pattern expected");
        }
        inverse = not;
        if (word.endsWith("hdr")) {
            pattern = header(word);
        } else {
            String text = words.argument("'" + word + "' expects a <pattern> as argument");
            pattern = http ? ofHttp(word, text) : ofTcp(word, text);
        }
    }

    private static boolean isOneOf(String word, String... known) {
        return List.of(known).contains(word);
    }

    private Pattern ofTcp(String word, String text) throws ExpressionError {
        switch (word) {
            case "string" -> {
                byte[] bytes = ActionLine.bytes(text);
                return new Pattern(Match.bytes(bytes), null, bytes.length, "string '" + text + "'", "'" + text + "'");
            }
            case "binary" -> {
                byte[] bytes = CheckWords.binary(text);
                String shown = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
                return new Pattern(Match.bytes(bytes), null, bytes.length, "binary '" + shown + "'", "(binary)");
            }
            case "rstring" -> {
                return new Pattern(Match.regex(words.regex(text)), null, 0, "regex", "(regex)");
            }
            case "rbinary" -> {
                return new Pattern(Match.binaryRegex(words.regex(text)), null, 0, "binary regex", "(binary regex)");
            }
            case "string-lf" -> {
                return new Pattern(Match.text(words.format(text)), null, 0, "log-format string", "(log-format string)");
            }
            default -> {
                return new Pattern(Match.binaryText(words.format(text)), null, 0, "log-format binary",
                        "(log-format binary)");
            }
        }
    }

    private Pattern ofHttp(String word, String text) throws ExpressionError {
        return switch (word) {
            case "status" -> ofHttp(HttpMatch.status(ranges(text)), "HTTP status codes");
            case "rstatus" -> ofHttp(HttpMatch.statusRegex(words.regex(text)), "HTTP status regex");
            case "string" -> ofHttp(HttpMatch.body(Match.bytes(ActionLine.bytes(text))), "HTTP body content '" + text
                    + "'");
            case "rstring" -> ofHttp(HttpMatch.body(Match.regex(words.regex(text))), "HTTP body regex");
            default -> ofHttp(HttpMatch.body(Match.text(words.format(text))), "log-format HTTP body content '" + text
                    + "'");
        };
    }

    private static Pattern ofHttp(HttpMatch match, String called) {
        return new Pattern(null, match, 0, called, null);
    }

    private static int[] ranges(String text) throws ExpressionError {
        List<Integer> ends = new ArrayList<>();
        for (String part : text.split(",")) {
            int dash = part.indexOf('-');
            String first = dash < 0 ? part : part.substring(0, dash);
            String last = dash < 0 ? part : part.substring(dash + 1);
            for (String number : List.of(first, last)) {
                for (int i = 0; i < number.length(); i++) {
                    if (!Character.isDigit(number.charAt(i))) {
                        throw new ExpressionError("invalid character '" + number.charAt(i)
                                + "' in the list of status codes");
                    }
                }
            }
            long from = Numbers.integer(first, -1);
            long to = Numbers.integer(last, -1);
            if (dash >= 0 && (from < 0 || to < from)) {
                throw new ExpressionError("invalid range of status codes '" + part + "'");
            }
            ends.add((int) Math.max(0, from));
            ends.add((int) Math.max(0, to));
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }

    private Pattern header(String word) throws ExpressionError {
        String start = "'" + word + "' expects at the name keyword as first argument followed by a pattern";
        boolean isFormat = words.takes("name-lf");
        if (!isFormat && !words.takes("name")) {
            throw new ExpressionError(start);
        }
        TextTest name = test(word, isFormat, start);
        TextTest value = null;
        boolean valueFormat = words.peek().equals("value-lf");
        if (valueFormat || words.peek().equals("value")) {
            words.next();
            value = test(word, valueFormat, "'" + word + "' expect a pattern with the value keyword");
        }
        return ofHttp(HttpMatch.header(name, value, word.equals("fhdr")), "HTTP header pattern");
    }

    private TextTest test(String word, boolean isFormat, String missing) throws ExpressionError {
        TextTest.How how = TextTest.How.STR;
        if (words.takes("-m")) {
            String way = words.argument("'" + word
                    + "' : '-m' expects at a matching pattern ('str', 'beg', 'end', 'sub' or 'reg')");
            how = TextTest.How.find(way);
            if (how == null) {
                throw new ExpressionError("'" + word + "' : '-m' only supports 'str', 'beg', 'end', 'sub' or 'reg' (got '"
                        + way + "')");
            } else if (how == TextTest.How.REG && isFormat) {
                throw new ExpressionError("'" + word
                        + "': log-format string is not supported with a regex matching method");
            }
        }
        String text = words.argument(missing);
        if (how == TextTest.How.REG) {
            return new TextTest(how, null, words.regex(text));
        }
        return new TextTest(how, isFormat ? words.format(text) : Text.constant(ActionLine.bytes(text)), null);
    }
}
