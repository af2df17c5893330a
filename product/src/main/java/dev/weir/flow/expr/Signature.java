package dev.weir.flow.expr;

/**
 * The arguments that a keyword takes.
 *
 * @param required how many of them must be given
 */
public record Signature(int required, ArgumentKind... kinds) {

    public static final Signature NONE = new Signature(0);

    public static Signature of(int required, ArgumentKind... kinds) {
        return new Signature(required, kinds);
    }
}
