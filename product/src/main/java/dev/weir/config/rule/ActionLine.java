package dev.weir.config.rule;

import dev.weir.base.text.Place;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionCompiler;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.ValueText;
import dev.weir.flow.rule.Text;
import dev.weir.model.value.VariableName;
import dev.weir.model.value.VariableNames;
import java.util.List;

/** The words of an action, read one after the other up to its condition, and what they may refer to. */
public final class ActionLine {

    private final RuleKind kind;
    private final ProxyScope scope;
    private final List<String> words;
    private final Place place;
    private int at;
    private boolean readsContents;

    ActionLine(RuleKind kind, ProxyScope scope, List<String> words, Place place) {
        this.kind = kind;
        this.scope = scope;
        this.words = words;
        this.place = place;
        this.at = 1;
    }

    public RuleKind kind() {
        return kind;
    }

    public ProxyScope scope() {
        return scope;
    }

    public Place place() {
        return place;
    }

    /** The action's word as it was written. */
    public String word() {
        return words.getFirst();
    }

    /** What stands in parentheses behind the action's name, or null. */
    public String argument() {
        String word = word();
        int open = word.indexOf('(');
        return open < 0 || !word.endsWith(")") ? null : word.substring(open + 1, word.length() - 1);
    }

    /** The next word, empty at the end. */
    public String peek() {
        return at < words.size() ? words.get(at) : "";
    }

    public boolean hasMore() {
        return at < words.size() && !words.get(at).isEmpty();
    }

    /** Whether the condition begins here, or the line ends. */
    public boolean isOver() {
        return !hasMore() || peek().equals("if") || peek().equals("unless");
    }

    public String next() {
        return at < words.size() ? words.get(at++) : "";
    }

    /** Takes the word if it comes next. */
    public boolean takes(String word) {
        boolean same = peek().equals(word);
        at += same ? 1 : 0;
        return same;
    }

    public void back() {
        at--;
    }

    int at() {
        return at;
    }

    /** The next words must be a number of them, neither empty nor the condition. */
    public void needs(int count, String otherwise) throws ExpressionError {
        for (int i = at; i < at + count; i++) {
            String word = i < words.size() ? words.get(i) : "";
            if (word.isEmpty()) {
                throw new ExpressionError(otherwise);
            }
        }
    }

    /** Nothing but a condition may follow. */
    public void expectEnd(String otherwise) throws ExpressionError {
        if (!isOver()) {
            throw new ExpressionError(otherwise);
        }
    }

    /** The next word as an expression that can be evaluated where the rule stands. */
    public Expression expression() throws ExpressionError {
        if (!hasMore()) {
            throw new ExpressionError("missing fetch method");
        }
        String text = next();
        ExpressionCompiler.Compiled compiled = new ExpressionCompiler(scope.purposed(kind.text() + " expression"))
                .compile(text, 0);
        if (compiled.error() != null) {
            throw compiled.isUnresolved() ? ExpressionError.unresolved(compiled.error())
                    : new ExpressionError(compiled.error());
        }
        if (compiled.end() < text.length()) {
            throw new ExpressionError(new ExpressionEnd(text, compiled).complaint());
        }
        Expression expression = compiled.expression();
        readsContents |= !expression.isValidAt(RuleKind.SESSION.point(true));
        if (!isUsable(expression)) {
            throw new ExpressionError("fetch method '" + text + "' extracts information from '" + expression.needs()
                    + "', none of which is available here");
        }
        return expression;
    }

    private boolean isUsable(Expression expression) {
        if (expression.isValidAt(kind.point(scope.isFrontend()))) {
            return true;
        }
        var other = kind.otherPoint(scope.isFrontend(), scope.isBackend());
        return other != null && expression.isValidAt(other);
    }

    /** Whether an expression of it needs more than a session has before anything was read of it. */
    boolean readsContents() {
        return readsContents;
    }

    /** The next word as a format. */
    public Text text() throws ExpressionError {
        return text(next());
    }

    /** Where the rules are about HTTP, the text is safe to stand in a message. */
    public Text text(String format) throws ExpressionError {
        return text(format, kind.isHttp() ? ValueText::encode : ValueText::dress);
    }

    /** The next word as a format whose values stay as they are. */
    public Text plainText() throws ExpressionError {
        return text(next(), ValueText::dress);
    }

    private Text text(String format, Text.Style style) throws ExpressionError {
        return scope.texts().compile(format, kind.point(scope.isFrontend()),
                kind.otherPoint(scope.isFrontend(), scope.isBackend()), kind.text(), style);
    }

    public VariableName variable(String name) throws ExpressionError {
        VariableNames.Parsed parsed = scope.variables().parse(name);
        if (parsed.name() == null) {
            throw new ExpressionError(parsed.error());
        }
        return parsed.name();
    }

    public static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
