package dev.weir.admin.stats;

/** What a row of the statistics is about; the ordinal is the number in the column {@code type}. */
public enum RowKind {
    FRONTEND('F'), BACKEND('B'), SERVER('S'), LISTENER('L');

    private final char letter;

    RowKind(char letter) {
        this.letter = letter;
    }

    /** As in the scope of a metric and in typed output. */
    public char letter() {
        return letter;
    }
}
