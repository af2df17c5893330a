package dev.weir.flow.drive;

import dev.weir.flow.expr.Condition;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.model.stick.StickTable;
import dev.weir.model.value.Sample;

/**
 * A {@code stick} rule (configuration.txt 4.2). Immutable.
 *
 * @param condition null when it always holds
 */
public record StickRule(Use use, Expression key, StickTable table, Condition condition) {

    /** What it is for, by the words behind {@code stick}. */
    public enum Use {
        MATCH("match", true, false, false),
        ON("on", true, true, false),
        STORE_REQUEST("store-request", false, true, false),
        STORE_RESPONSE("store-response", false, false, true);

        private final String word;
        final boolean matches;
        final boolean storesRequest;
        final boolean storesResponse;

        Use(String word, boolean matches, boolean storesRequest, boolean storesResponse) {
            this.word = word;
            this.matches = matches;
            this.storesRequest = storesRequest;
            this.storesResponse = storesResponse;
        }

        public String word() {
            return word;
        }

        /** The use of that word, or null. */
        public static Use named(String word) {
            for (Use use : values()) {
                if (use.word.equals(word)) {
                    return use;
                }
            }
            return null;
        }
    }

    /** The key of this exchange; false when there is none or the condition does not hold. */
    boolean key(ExpressionContext context, Sample out) {
        return (condition == null || condition.holds(context)) && key.evaluate(context, out)
                && table.prepareKey(out, context.workspace());
    }
}
