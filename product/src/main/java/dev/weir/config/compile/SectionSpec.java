package dev.weir.config.compile;

import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import java.util.List;

/**
 * A section that is kept as checked words: peers, userlist, cache, ring and the like. Immutable once the configuration
 * is read.
 *
 * @param name empty where the kind has no names
 */
public record SectionSpec(Section kind, String name, List<Phrase> lines, Place place) {}
