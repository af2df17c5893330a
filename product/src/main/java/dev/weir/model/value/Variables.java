package dev.weir.model.value;

/** The variables of one scope. */
public interface Variables {

    /** Reads one into a sample, which then borrows its bytes; false when it is not set. */
    boolean get(int number, Sample out);

    /** Sets one; false when the memory that variables may take is used up. The sample then borrows the variable's bytes. */
    boolean set(int number, Sample value);

    void unset(int number);

    /** Whether the variable was ever set in this scope. */
    boolean exists(int number);

    /** How many have ever been set, for walking over them. */
    int count();

    /** The number of the index-th. */
    int numberAt(int index);
}
