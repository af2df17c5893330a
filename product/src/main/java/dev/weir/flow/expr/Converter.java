package dev.weir.flow.expr;

import dev.weir.model.value.Sample;

/** Changes a value of its input type, as compiled for one use; false when the result is none. */
@FunctionalInterface
public interface Converter {

    boolean convert(ExpressionContext context, Sample sample);
}
