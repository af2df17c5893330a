package dev.weir.flow.expr;

import dev.weir.model.value.SampleType;

/**
 * A row of a table of converters.
 *
 * @param isPure whether the result depends on the input and literal arguments alone, so that it can be computed once
 */
public record ConverterKeyword(String name, Signature signature, SampleType input, SampleType output, boolean isPure,
        Factory factory) {

    /** Makes a converter of arguments that have the right types. */
    @FunctionalInterface
    public interface Factory {
        Converter make(Arguments arguments) throws ExpressionError;
    }

    public static ConverterKeyword of(String name, Signature signature, SampleType input, SampleType output,
            Factory factory) {
        return new ConverterKeyword(name, signature, input, output, true, factory);
    }

    /** Without arguments. */
    public static ConverterKeyword of(String name, SampleType input, SampleType output, Converter converter) {
        return of(name, Signature.NONE, input, output, arguments -> converter);
    }

    /** Where something beside the input counts: time, variables, the state of servers. */
    public static ConverterKeyword impure(String name, Signature signature, SampleType input, SampleType output,
            Factory factory) {
        return new ConverterKeyword(name, signature, input, output, false, factory);
    }
}
