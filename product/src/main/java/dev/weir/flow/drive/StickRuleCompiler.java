package dev.weir.flow.drive;

import dev.weir.flow.expr.Condition;
import dev.weir.flow.expr.ConditionCompiler;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionCompiler;
import dev.weir.flow.expr.ExpressionScope;
import dev.weir.flow.expr.Point;
import dev.weir.model.stick.StickTable;
import dev.weir.model.value.Casts;
import java.util.List;

/**
 * Compiles the words of a {@code stick} line: {@code src table t if ...}. Owner: whoever reads configurations.
 */
public final class StickRuleCompiler {

    /**
     * The answer.
     *
     * @param rule null when something is wrong
     * @param error what is wrong with the line, as it stands behind {@code parsing [file:line] : }, else null
     * @param lateError what shows only when all is known, a message by itself, else null
     */
    public record Compiled(StickRule rule, String error, String lateError, List<String> warnings) {

        private static Compiled wrong(String error) {
            return new Compiled(null, error, null, List.of());
        }
    }

    private final ExpressionScope scope;

    public StickRuleCompiler(ExpressionScope scope) {
        this.scope = scope;
    }

    /** The table that the words behind {@code stick on} and its kin name: it must store servers. */
    public static String table(List<String> words, String proxy) {
        return words.size() > 2 && words.get(1).equals("table") ? words.get(2) : proxy;
    }

    /** @param words what stands behind {@code stick on} and its kin */
    public Compiled compile(StickRule.Use use, List<String> words) {
        if (words.isEmpty()) {
            return Compiled.wrong("'stick' expects a fetch method.");
        }
        ExpressionCompiler.Compiled key = new ExpressionCompiler(scope).compile(words.getFirst(), 0);
        if (key.error() != null) {
            return Compiled.wrong("'stick': " + key.error());
        }
        if (key.end() < words.getFirst().length()) {
            return Compiled.wrong("'stick': unexpected character '" + words.getFirst().charAt(key.end())
                    + "' after '" + words.getFirst().substring(0, key.end()) + "'");
        }
        Point point = use.storesResponse ? Point.BE_STORE : Point.BE_SELECT;
        Expression expression = key.expression();
        if (!expression.isValidAt(point)) {
            return Compiled.wrong("'stick': fetch method '" + expression.keyword() + "' extracts information from '"
                    + expression.needs() + "', none of which is available "
                    + (use.storesResponse ? "for 'store-response'." : "during request."));
        }
        return finish(use, words, expression, point);
    }

    private Compiled finish(StickRule.Use use, List<String> words, Expression key, Point point) {
        int at = words.size() > 1 && words.get(1).equals("table") ? Math.min(3, words.size()) : 1;
        String name = at == 1 ? scope.proxyName() : words.size() > 2 ? words.get(2) : "";
        Condition condition = null;
        if (at < words.size()) {
            String word = words.get(at);
            if (!word.equals("if") && !word.equals("unless")) {
                return Compiled.wrong("'stick': unknown keyword '" + word + "'.");
            }
            ConditionCompiler.Compiled compiled = new ConditionCompiler(scope)
                    .compile(words.subList(at + 1, words.size()), word.equals("unless"));
            if (compiled.error() != null) {
                return Compiled.wrong("'stick': error detected while parsing sticking condition : "
                        + compiled.error() + ".");
            }
            condition = compiled.condition();
        }
        List<String> warnings = condition == null ? List.of() : condition.warnings(point);
        StickTable table = name.isEmpty() ? null : scope.table(name);
        String late = table == null ? "unable to find " + (use.storesResponse ? "store table" : "stick-table") + " '"
                + name + "'." : Casts.find(key.type(), table.spec().keyType().sampleType()) == null
                        ? "type of fetch not usable with type of stick-table '" + name + "'." : null;
        return late == null ? new Compiled(new StickRule(use, key, table, condition), null, null, warnings)
                : new Compiled(null, null, "Proxy '" + scope.proxyName() + "': " + late, warnings);
    }
}
