package dev.weir.flow.expr;

/** Bytes of a body or of a buffer that are there now. They hold as long as the expression's value is used. */
public interface Contents {

    byte[] bytes();

    int at();

    int length();

    /** Whether nothing will be added: the end has come, or no room is left. */
    boolean isComplete();

    /** How long the whole is said to be, or what is there when nobody said. */
    long announcedLength();
}
