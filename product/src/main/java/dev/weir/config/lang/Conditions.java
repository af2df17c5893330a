package dev.weir.config.lang;

import dev.weir.config.lang.ConditionEvaluator.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates a condition of {@code .if}, {@code .elif} and {@code -cc} (configuration manual 2.4). The text is what the
 * line's words make when joined by single spaces, quotes and variables already resolved.
 *
 * <pre>
 * expr := and [ "||" expr ]      and := term [ "&amp;&amp;" and ]
 * term := "!" term | "(" expr ")" | integer | predicate [ "(" arguments ")" ]
 * </pre>
 *
 * Everything is parsed, also behind an operator that already decides; what is parsed is evaluated at once, since no
 * predicate has an effect. The part of the text that an error quotes is HAProxy's: where a term is missing altogether
 * the quote starts at the enclosing construct.
 *
 * <p>Owner: boot.
 */
public final class Conditions {

    /** Also bounds the recursion, on the way from a hostile file to the stack. */
    private static final int MAX_LEVELS = 1024;
    private static final int FALSE = 0;
    private static final int TRUE = 1;
    private static final int FAILED = -1;
    private static final String USED_IN = "' used in conditional expression";

    private final String text;
    private final ConditionFacts facts;
    private int at;
    /** The first {@code &&} of a row that ends without a term, else -1. */
    private int missingAt = -1;
    /** The first {@code ||} of a row that ends without a term. */
    private int lastOr;
    private String error;
    private int errorAt;

    private Conditions(String text, ConditionFacts facts) {
        this.text = text;
        this.facts = facts;
    }

    /** What the reader of a file asks. */
    public static ConditionEvaluator evaluator(ConditionFacts facts) {
        return text -> evaluate(text, facts);
    }

    public static Result evaluate(String condition, ConditionFacts facts) {
        if (condition.isEmpty()) {
            return Result.of(false);
        }
        if (condition.isBlank()) {
            return new Result(false, "unparsable conditional sub-expression '" + condition + "'", 1);
        }
        Conditions conditions = new Conditions(condition, facts);
        int value = conditions.whole();
        return value == FAILED ? new Result(false, conditions.error, conditions.errorAt + 1)
                : Result.of(value == TRUE);
    }

    private int whole() {
        int value = expr(MAX_LEVELS);
        if (value == FAILED) {
            return fail(lastOr, "unparsable conditional expression '" + text + "'");
        }
        skipBlanks();
        if (at < text.length()) {
            return fail(at, "unexpected character '" + text.charAt(at) + "' at the end of conditional expression '"
                    + text + "'");
        }
        return value;
    }

    private int expr(int levels) {
        missingAt = -1;
        int left = and(levels - 1);
        if (left == FAILED) {
            // without a place it is the enclosing construct that says what is missing
            return missingAt < 0 ? FAILED : unparsable(missingAt);
        }
        skipBlanks();
        int operator = at;
        if (!operator("||")) {
            return left;
        }
        skipBlanks();
        int right = expr(levels - 1);
        if (right == FAILED) {
            lastOr = operator;
            return FAILED;
        }
        return left | right;
    }

    private int and(int levels) {
        int left = term(levels - 1);
        if (left == FAILED) {
            return FAILED;
        }
        skipBlanks();
        int operator = at;
        if (!operator("&&")) {
            return left;
        }
        skipBlanks();
        int right = and(levels - 1);
        if (right == FAILED) {
            missingAt = operator;
            return FAILED;
        }
        return left & right;
    }

    private int term(int levels) {
        int start = at;
        boolean negated = false;
        skipBlanks();
        while (at < text.length() && text.charAt(at) == '!') {
            negated = !negated;
            at++;
            skipBlanks();
        }
        if (at == text.length() && start == at) {
            return FAILED;
        }
        if (levels <= 0 || at == text.length()) {
            return unparsable(start);
        }
        int value = positive(start, levels);
        return value == FAILED || !negated ? value : value ^ 1;
    }

    private int positive(int start, int levels) {
        char c = text.charAt(at);
        if (c == '(') {
            return parenthesis(start, levels);
        }
        if (c >= '0' && c <= '9' || signedDigit()) {
            return integer();
        }
        return predicate(start);
    }

    private int parenthesis(int start, int levels) {
        at++;
        skipBlanks();
        int value = expr(levels - 1);
        if (value == FAILED) {
            return unparsable(start);
        }
        skipBlanks();
        if (at == text.length() || text.charAt(at) != ')') {
            return fail(start, "expected ')' after conditional expression '" + text.substring(start) + "'");
        }
        at++;
        return value;
    }

    private boolean signedDigit() {
        char c = text.charAt(at);
        return (c == '-' || c == '+') && at + 1 < text.length() && Character.digit(text.charAt(at + 1), 10) >= 0;
    }

    /** An integer as C writes it: decimal, octal after 0, hexadecimal after 0x. Only zero or not matters. */
    private int integer() {
        if (text.charAt(at) == '-' || text.charAt(at) == '+') {
            at++;
        }
        int radix = 10;
        if (text.charAt(at) == '0') {
            boolean hex = at + 2 < text.length() && (text.charAt(at + 1) | 0x20) == 'x'
                    && Character.digit(text.charAt(at + 2), 16) >= 0;
            radix = hex ? 16 : 8;
            at += hex ? 2 : 0;
        }
        int value = FALSE;
        for (; at < text.length() && Character.digit(text.charAt(at), radix) >= 0; at++) {
            value = text.charAt(at) == '0' ? value : TRUE;
        }
        return value;
    }

    private int predicate(int start) {
        int from = at;
        int end = from;
        while (end < text.length() && isNameChar(text.charAt(end))) {
            end++;
        }
        String name = text.substring(from, end);
        int arity = Predicates.arity(name);
        if (arity < 0) {
            return unparsable(start);
        }
        at = end;
        List<String> arguments = new ArrayList<>();
        if (at < text.length() && text.charAt(at) == '(') {
            at++;
            if (!arguments(name, arity, arguments)) {
                return FAILED;
            }
        } else if (arity > 1) {
            return missing(name, arity);
        }
        while (arguments.size() < arity) {
            arguments.add("");
        }
        int value = Predicates.evaluate(name, arguments, facts);
        return value == Predicates.INVALID
                ? fail(from, "invalid version '" + arguments.getFirst() + "' in argument 1 of predicate '" + name + USED_IN)
                : value;
    }

    /** Reads arguments up to the closing parenthesis; more than the predicate takes is an error. */
    private boolean arguments(String name, int arity, List<String> into) {
        ArgumentReader reader = new ArgumentReader(text, at);
        while (into.size() < arity) {
            into.add(reader.next());
            if (reader.at() == text.length() || text.charAt(reader.at()) != ',' || into.size() == arity) {
                break;
            }
            reader.skip();
        }
        at = reader.at();
        if (into.size() < arity) {
            missing(name, arity);
            return false;
        }
        if (at < text.length() && text.charAt(at) == ')') {
            at++;
            return true;
        }
        String before = at < text.length() ? " before '" + text.substring(at) + "'" : "";
        fail(at, "expected ')'" + before + " in argument 1 of predicate '" + name + USED_IN);
        return false;
    }

    /** Nothing at all counts as one empty argument. */
    private int missing(String name, int arity) {
        return fail(at, "missing arguments (got 1/" + arity + "), type 'string' expected in argument 1 of predicate '"
                + name + USED_IN);
    }

    private static boolean isNameChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.';
    }

    private boolean operator(String sign) {
        if (!text.startsWith(sign, at)) {
            return false;
        }
        at += sign.length();
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private int unparsable(int start) {
        return fail(start, "unparsable conditional expression '" + text.substring(start) + "'");
    }

    /** The first error stands. */
    private int fail(int position, String message) {
        if (error == null) {
            error = message;
            errorAt = position;
        }
        return FAILED;
    }
}
