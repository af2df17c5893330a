package dev.weir.admin.cli;

/** How far texts are from one text: the squares of how often pairs of neighbouring letters differ. Immutable. */
final class Likeness {

    private static final int LETTERS = 28;

    private final int[] wanted;

    Likeness(String text) {
        wanted = pairs(text.length() > 64 ? text.substring(0, 64) : text);
    }

    int distance(String other) {
        int[] pairs = pairs(other);
        int sum = 0;
        for (int i = 0; i < pairs.length; i++) {
            int difference = wanted[i] - pairs[i];
            sum += difference * difference;
        }
        return sum;
    }

    private static int[] pairs(String text) {
        int[] counts = new int[LETTERS * LETTERS];
        int before = 0;
        for (int i = 0; i <= text.length(); i++) {
            int now = i == text.length() ? 0 : number(text.charAt(i));
            counts[before * LETTERS + now]++;
            before = now;
        }
        return counts;
    }

    /** Ends and blanks are 0, letters 1 to 26, all else 27. */
    private static int number(char c) {
        char lower = (char) (c | 0x20);
        return c == ' ' ? 0 : lower >= 'a' && lower <= 'z' ? lower - 'a' + 1 : LETTERS - 1;
    }
}
