package dev.weir.flow.expr;

import dev.weir.model.value.SampleType;

/**
 * A row of a table of fetches.
 *
 * @param type of its values; ADDRESS and ANY where it depends
 * @param needs what it reads from, one or the other of them
 * @param isConstant whether all its values are the same for ever
 */
public record FetchKeyword(String name, Signature signature, SampleType type, Need[] needs, boolean isConstant,
        Factory factory) {

    /** Makes a fetch of arguments that have the right types. */
    @FunctionalInterface
    public interface Factory {
        Fetch make(Arguments arguments) throws ExpressionError;
    }

    public static FetchKeyword of(String name, Signature signature, SampleType type, Need need, Factory factory) {
        return new FetchKeyword(name, signature, type, new Need[] {need}, false, factory);
    }

    /** Without arguments. */
    public static FetchKeyword of(String name, SampleType type, Need need, Fetch fetch) {
        return of(name, Signature.NONE, type, need, arguments -> fetch);
    }

    /** Where what it says is known when the configuration is read. */
    public static FetchKeyword constant(String name, Signature signature, SampleType type, Factory factory) {
        return new FetchKeyword(name, signature, type, new Need[] {Need.NOTHING}, true, factory);
    }

    /** Whether what it reads from exists there. */
    public boolean existsAt(Point point) {
        for (Need need : needs) {
            if ((need.points() & point.bit()) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The same under another name. */
    public FetchKeyword named(String other) {
        return new FetchKeyword(other, signature, type, needs, isConstant, factory);
    }
}
