package dev.weir.config.rule;

import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionCompiler;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Point;
import dev.weir.flow.rule.Text;
import dev.weir.model.pattern.PatternError;
import dev.weir.model.pattern.Regex;
import dev.weir.upkeep.check.Hexadecimal;
import java.util.List;

/** The words of a line of a check, read one after the other, and what they may refer to. */
final class CheckWords {

    private final ProxyScope scope;
    private final List<String> words;
    private int at;

    CheckWords(ProxyScope scope, List<String> words, int from) {
        this.scope = scope;
        this.words = words;
        this.at = from;
    }

    ProxyScope scope() {
        return scope;
    }

    /** {@code tcp-check} or {@code http-check}. */
    String family() {
        return words.getFirst();
    }

    /** The word that says what kind of step it is. */
    String step() {
        return words.size() > 1 ? words.get(1) : "";
    }

    String peek() {
        return at < words.size() ? words.get(at) : "";
    }

    boolean hasMore() {
        return !peek().isEmpty();
    }

    String next() {
        String word = peek();
        at++;
        return word;
    }

    boolean takes(String word) {
        boolean same = peek().equals(word);
        at += same ? 1 : 0;
        return same;
    }

    /** The next word, which must be there. */
    String argument(String otherwise) throws ExpressionError {
        if (!hasMore()) {
            throw new ExpressionError(otherwise);
        }
        return next();
    }

    /** A format, which is quoted when it is wrong. */
    Text format(String text) throws ExpressionError {
        try {
            return bareFormat(text);
        } catch (ExpressionError e) {
            throw new ExpressionError("'" + text + "' invalid log-format string (" + e.getMessage() + ").\n");
        }
    }

    Text bareFormat(String text) throws ExpressionError {
        return scope.texts().compile(text, Point.CHECK, step());
    }

    Expression expression(String text) throws ExpressionError {
        if (text.isEmpty()) {
            throw new ExpressionError("missing fetch method");
        }
        ExpressionCompiler.Compiled compiled = new ExpressionCompiler(scope.purposed(family() + " expression"))
                .compile(text, 0);
        if (compiled.error() != null) {
            throw compiled.isUnresolved() ? ExpressionError.unresolved(compiled.error())
                    : new ExpressionError(compiled.error());
        }
        if (compiled.end() < text.length()) {
            throw new ExpressionError(new ExpressionEnd(text, compiled).complaint());
        }
        return compiled.expression();
    }

    Regex regex(String pattern) throws ExpressionError {
        try {
            return scope.regexes().compile(ActionLine.bytes(pattern), false);
        } catch (PatternError e) {
            throw new ExpressionError(e.getMessage());
        }
    }

    /** Bytes written in hexadecimal. */
    static byte[] binary(String text) throws ExpressionError {
        if (text.length() % 2 != 0) {
            throw new ExpressionError("invalid binary string (an even number of hex digit is expected)");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                throw new ExpressionError("invalid binary string (an hex digit is expected (found '" + text.charAt(i)
                        + "'))");
            }
        }
        return Hexadecimal.read(ActionLine.bytes(text), text.length());
    }
}
