package dev.weir.flow.expr;

/**
 * What an ACL or a condition says, as bits: "and" and "or" of conditions are those of the bits. Unknown means that more
 * data may decide.
 */
public final class AclResult {

    public static final int NO = 0;
    public static final int UNKNOWN = 1;
    public static final int YES = 3;

    private AclResult() {}

    /** What is unknown stays so. */
    static int not(int result) {
        return result == UNKNOWN ? UNKNOWN : result ^ YES;
    }
}
