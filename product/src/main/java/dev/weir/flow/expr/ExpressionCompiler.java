package dev.weir.flow.expr;

import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compiles sample expressions: a fetch, then converters behind commas (configuration.txt 7.3). What is computed from
 * literals alone is computed here. Owner: whoever reads configurations.
 */
public final class ExpressionCompiler {

    /** For values that are computed while the configuration is read. */
    private static final int FOLDING_LIMIT = 16384;

    /**
     * The answer.
     *
     * @param expression null when it is wrong
     * @param end where it ended
     * @param error what is wrong, else null
     * @param isUnresolved whether the message stands alone, since what is wrong is not the expression's form
     */
    public record Compiled(Expression expression, int end, String error, boolean isUnresolved) {}

    private final ExpressionScope scope;

    public ExpressionCompiler(ExpressionScope scope) {
        this.scope = scope;
    }

    /** The expression that starts here; it ends where neither a converter nor an argument follows. */
    public Compiled compile(String text, int from) {
        return compile(text, from, false);
    }

    /** With {@code iterates} for ACLs: such a fetch gives all its values. */
    Compiled compile(String text, int from, boolean iterates) {
        Compiler compiler = new Compiler(text, from, iterates ? "ACL keyword" : "fetch method", iterates);
        try {
            return new Compiled(compiler.compile(null), compiler.at, null, false);
        } catch (ExpressionError e) {
            return new Compiled(null, compiler.at, e.getMessage(), e.isUnresolved());
        }
    }

    /** With another fetch than the text names, for keywords that only ACLs know. */
    Expression compileAs(FetchKeyword keyword, String text) throws ExpressionError {
        Compiler compiler = new Compiler(text, 0, "ACL keyword", true);
        Expression expression = compiler.compile(keyword);
        if (compiler.at < text.length()) {
            throw new ExpressionError(compiler.place() + " : missing comma after "
                    + (compiler.at == 0 ? "keyword" : "conversion keyword") + " '"
                    + text.substring(0, compiler.at) + "'");
        }
        return expression;
    }

    /** One pass over one text. */
    private final class Compiler {

        private final String text;
        private final int from;
        private final String kind;
        private final boolean iterates;
        private int at;
        private String fetchName;
        private SampleType type;
        private Fetch fetch;
        private Sample constant;
        private final List<Expression.Step> steps = new ArrayList<>();

        Compiler(String text, int from, String kind, boolean iterates) {
            this.text = text;
            this.from = from;
            this.at = from;
            this.kind = kind;
            this.iterates = iterates;
        }

        /** Where we are, for messages. */
        String place() {
            return kind + " '" + fetchName + "'";
        }

        Expression compile(FetchKeyword given) throws ExpressionError {
            fetchName = word();
            FetchKeyword keyword = given != null ? given : scope.vocabulary().fetch(fetchName);
            if (keyword == null) {
                throw new ExpressionError("unknown fetch method '" + fetchName + "'");
            }
            readFetch(keyword);
            while (at < text.length() && text.charAt(at) == ',') {
                while (at < text.length() && text.charAt(at) == ',') {
                    at++;
                }
                step();
            }
            return new Expression(fetchName, text.substring(from, at), keyword.needs(), type, fetch,
                    steps.toArray(new Expression.Step[0]), constant);
        }

        private String word() {
            int start = at;
            while (at < text.length() && isNameCharacter(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private static boolean isNameCharacter(char c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                    || c == '.' || c == ':' || c == '-' || c == '_' || c == '+';
        }

        private void readFetch(FetchKeyword keyword) throws ExpressionError {
            ArgumentReader reader = new ArgumentReader(text, at);
            try {
                reader.read(keyword.signature());
            } catch (ArgumentReader.Wrong e) {
                throw new ExpressionError(place() + " : " + e.getMessage());
            }
            at = reader.end();
            Arguments arguments = new Arguments(scope, owner(), iterates, reader.texts(), reader.values());
            type = keyword.type();
            try {
                fetch = keyword.factory().make(arguments);
            } catch (ExpressionError e) {
                throw e.isUnresolved() ? e : new ExpressionError("invalid args in " + place() + " : " + e.getMessage());
            }
            if (keyword.isConstant()) {
                Sample value = new Sample();
                if (fetch.fetch(null, value)) {
                    keep(value);
                }
            }
        }

        /** As messages about names that do not exist say it. */
        private String owner() {
            return iterates ? "ACL keyword '" + fetchName + "' in proxy '" + scope.proxyName() + "'"
                    : "sample fetch keyword '" + fetchName + "' in " + scope.purpose() + " in proxy '"
                    + scope.proxyName() + "'";
        }

        private void step() throws ExpressionError {
            String name = word();
            ConverterKeyword keyword = scope.vocabulary().converter(name);
            String prefix = iterates ? place() + " : " : "";
            if (keyword == null) {
                throw new ExpressionError(prefix + "unknown converter '" + name + "'");
            }
            Casts.Cast cast = Casts.find(type, keyword.input());
            if (cast == null) {
                throw new ExpressionError(prefix + "converter '" + name + "' cannot be applied");
            }
            ArgumentReader reader = new ArgumentReader(text, at);
            try {
                reader.read(keyword.signature());
            } catch (ArgumentReader.Wrong e) {
                throw new ExpressionError(prefix + "invalid arg " + e.position() + " in converter '" + name + "' : "
                        + e.getMessage());
            }
            at = reader.end();
            Arguments arguments = new Arguments(scope, "conversion keyword '" + name + "' for " + owner(), false,
                    reader.texts(), reader.values());
            Converter converter;
            try {
                converter = keyword.factory().make(arguments);
            } catch (ExpressionError e) {
                throw e.isUnresolved() ? e
                        : new ExpressionError(prefix + "invalid args in converter '" + name + "' : " + e.getMessage());
            }
            if (keyword.output() != SampleType.ANY) {
                type = keyword.output();
            } else if (!keyword.isPure()) {
                type = SampleType.ANY;
            }
            add(new Expression.Step(cast, converter), keyword.isPure() && !arguments.readsVariables());
        }

        private void add(Expression.Step step, boolean pure) {
            if (constant == null || !pure) {
                constant = null;
                steps.add(step);
                return;
            }
            ExpressionContext nothing = new Folding(new Workspace(FOLDING_LIMIT));
            Sample value = new Sample();
            value.copyValue(constant);
            if (step.cast().apply(value, nothing.workspace()) && step.converter().convert(nothing, value)) {
                keep(value);
            } else {
                constant = null;
                fetch = (context, out) -> false;
            }
        }

        /** From here on the expression is this value, with bytes of its own. */
        private void keep(Sample value) {
            Sample kept = new Sample();
            kept.copyValue(value);
            if (value.type().isText()) {
                byte[] bytes = Arrays.copyOfRange(value.bytes(), value.at(), value.end());
                if (value.type() == SampleType.METHOD) {
                    kept.method((int) value.number(), bytes, 0, bytes.length);
                } else {
                    kept.text(value.type(), bytes, 0, bytes.length);
                }
            }
            constant = kept;
            fetch = (context, out) -> {
                out.copyValue(kept);
                return true;
            };
        }
    }
}
