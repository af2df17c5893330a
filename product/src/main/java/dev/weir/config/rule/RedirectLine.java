package dev.weir.config.rule;

import dev.weir.config.lang.Numbers;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Redirect;
import dev.weir.flow.rule.Text;

/** Reads a redirect, as a rule of its own or as an action (configuration.txt, {@code redirect}). */
public final class RedirectLine {

    private final ActionLine line;
    private final boolean formats;
    private Redirect.Kind kind;
    private String target;
    private int code = 302;
    private boolean dropQuery;
    private boolean keepQuery;
    private boolean appendSlash;
    private boolean ignoreEmpty;
    private Text cookie;

    /** @param formats whether the target is a format */
    public RedirectLine(ActionLine line, boolean formats) {
        this.line = line;
        this.formats = formats;
    }

    public Redirect read() throws ExpressionError {
        while (!line.isOver()) {
            word(line.next());
        }
        if (kind == null) {
            throw new ExpressionError("redirection type expected ('prefix', 'location', or 'scheme')");
        }
        Text text = formats ? line.text(target) : Text.constant(ActionLine.bytes(target));
        return new Redirect(kind, text, new Redirect.Options(code, dropQuery, keepQuery, appendSlash, ignoreEmpty,
                cookie));
    }

    private void word(String word) throws ExpressionError {
        switch (word) {
            case "location" -> target(Redirect.Kind.LOCATION, word);
            case "prefix" -> target(Redirect.Kind.PREFIX, word);
            case "scheme" -> target(Redirect.Kind.SCHEME, word);
            case "code" -> code();
            case "set-cookie" -> {
                String value = value(word);
                // a name alone is a cookie without a value
                cookie = Text.constant(ActionLine.bytes(value + "; path=/;"));
            }
            case "set-cookie-fmt" -> cookie = line.text(value(word) + "; path=/;");
            case "clear-cookie" -> cookie = Text.constant(ActionLine.bytes(value(word) + "; path=/; Max-Age=0;"));
            case "drop-query" -> dropQuery = true;
            case "keep-query" -> keepQuery = true;
            case "append-slash" -> appendSlash = true;
            case "ignore-empty" -> ignoreEmpty = true;
            default -> throw new ExpressionError("expects 'code', 'prefix', 'location', 'scheme', 'set-cookie', "
                    + "'set-cookie-fmt', 'clear-cookie', 'drop-query', 'keep-query', 'ignore-empty' or 'append-slash' "
                    + "(was '" + word + "')");
        }
    }

    private String value(String word) throws ExpressionError {
        if (!line.hasMore()) {
            throw new ExpressionError("missing argument for '" + word + "'");
        }
        return line.next();
    }

    private void target(Redirect.Kind which, String word) throws ExpressionError {
        if (line.kind().isResponse() && which != Redirect.Kind.LOCATION) {
            throw new ExpressionError("response only supports redirect type 'location'");
        }
        kind = which;
        target = value(word);
    }

    private void code() throws ExpressionError {
        String text = value("code");
        code = (int) Numbers.leading(text);
        boolean known = code >= 301 && code <= 303 || code == 307 || code == 308;
        if (!known) {
            throw new ExpressionError("'code': unsupported HTTP code '" + text
                    + "' (must be one of 301, 302, 303, 307 or 308)");
        }
    }
}
