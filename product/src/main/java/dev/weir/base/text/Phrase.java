package dev.weir.base.text;

import java.util.List;

/** Words of the configuration kept as written, with their place. Immutable. */
public record Phrase(List<String> words, Place place) {

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
