package dev.weir.config.lang;

/**
 * Finds among known words the one that an unknown word was probably meant to be: the one that shares most of its
 * pairs of neighbouring letters, start and end of the word counting as letters.
 */
public final class NearestWord {

    private final String wanted;
    private final int[] pairs;
    private String best;
    /** Of the best one, in thousandths: twice the shared pairs over all pairs of both. */
    private int bestScore = 499;

    public NearestWord(String wanted) {
        this.wanted = wanted.length() > 64 ? "" : wanted;
        this.pairs = new int[this.wanted.length() + 1];
    }

    public NearestWord among(Iterable<String> words) {
        for (String word : words) {
            consider(word);
        }
        return this;
    }

    public NearestWord consider(String word) {
        if (wanted.isEmpty() || word.isEmpty()) {
            return this;
        }
        int count = wanted.length() + 1;
        for (int i = 0; i < count; i++) {
            pairs[i] = pair(wanted, i);
        }
        int shared = 0;
        for (int i = 0; i <= word.length(); i++) {
            int pair = pair(word, i);
            for (int j = 0; j < count; j++) {
                if (pairs[j] == pair) {
                    pairs[j] = -1;
                    shared++;
                    break;
                }
            }
        }
        int score = 2000 * shared / (count + word.length() + 1);
        // a longer word has pairs to spare, and among equals the same first letter wins
        int enough = count > 7 ? 600 : 500;
        boolean better = score > bestScore || score == bestScore && best != null
                && best.charAt(0) != wanted.charAt(0) && word.charAt(0) == wanted.charAt(0);
        if (score >= enough && better) {
            bestScore = score;
            best = word;
        }
        return this;
    }

    private static int pair(String word, int at) {
        int left = at == 0 ? 0 : lower(word.charAt(at - 1));
        int right = at == word.length() ? 0 : lower(word.charAt(at));
        return left << 16 | right;
    }

    private static int lower(char c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    /** Null when nothing comes near. */
    public String found() {
        return best;
    }

    /** The end of a message about an unknown word. */
    public String hint() {
        return best == null ? "" : "; did you mean '" + best + "' maybe ?";
    }
}
