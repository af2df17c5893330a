package dev.weir.net.tls;

import java.util.BitSet;

/** Numbers of verification errors that are to be ignored. Immutable. */
public final class ErrorSet {

    public static final ErrorSet NONE = new ErrorSet();
    private static final int LAST = 94;

    private final BitSet numbers = new BitSet();

    private ErrorSet() {}

    /** {@code all}, or numbers and names with commas between; the error tells which is none. */
    public static ErrorSet parse(String list) throws TlsError {
        ErrorSet set = new ErrorSet();
        if (list.equals("all")) {
            set.numbers.set(0, LAST + 1);
            return set;
        }
        for (String word : list.split(",")) {
            int number = VerifyErrors.number(word);
            if (number < 1 || number > LAST) {
                throw new TlsError("ID '" + Math.max(number, 0) + "' out of range (1.." + LAST + ") in error IDs list '"
                        + list + "'");
            }
            set.numbers.set(number);
        }
        return set;
    }

    boolean contains(int number) {
        return number >= 0 && numbers.get(number);
    }
}
