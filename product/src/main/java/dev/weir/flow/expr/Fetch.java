package dev.weir.flow.expr;

import dev.weir.model.value.Sample;

/**
 * Reads a value, as compiled for one use. When there is none yet but may be one later, it marks the sample with
 * {@link Sample#MAY_CHANGE} and says false; a value that more data may change gets the same mark.
 */
@FunctionalInterface
public interface Fetch {

    boolean fetch(ExpressionContext context, Sample out);
}
