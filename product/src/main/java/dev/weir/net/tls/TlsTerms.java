package dev.weir.net.tls;

import java.util.HashMap;
import java.util.Map;

/**
 * What a line says about TLS, word by word as the user wrote it; a word without an argument has an empty one. Immutable.
 */
public record TlsTerms(Map<String, String> words) {

    public static final TlsTerms NONE = new TlsTerms(Map.of());

    public String get(String word) {
        return words.get(word);
    }

    public boolean has(String word) {
        return words.containsKey(word);
    }

    /** A number, or what stands for it. */
    public int number(String word, int otherwise) {
        String value = words.get(word);
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** These, and those over them. */
    public TlsTerms with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>(words);
        all.putAll(more);
        return new TlsTerms(all);
    }

    public TlsTerms with(String word, String value) {
        return with(Map.of(word, value));
    }
}
