package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One certificate that a {@code crt-store} section loads. Immutable.
 *
 * @param name what others call it by
 * @param crt the path of its file, null where none is said
 * @param key the path of its key's file, null where none is said
 * @param parts the other words of the line, each with its value
 */
record StoreLine(String name, String crt, String key, Map<String, String> parts, Place place) {

    /** Those of a section, in their order: bases hold for the lines that follow. */
    static List<StoreLine> of(SectionSpec section, Settings global) {
        String crtBase = global.get(GlobalSpec.CRT_BASE);
        String keyBase = global.get(GlobalSpec.KEY_BASE);
        List<StoreLine> lines = new ArrayList<>();
        for (Phrase line : section.lines()) {
            List<String> words = line.words();
            switch (words.getFirst()) {
                case "crt-base" -> crtBase = words.get(1);
                case "key-base" -> keyBase = words.get(1);
                default -> lines.add(of(section, line, crtBase, keyBase));
            }
        }
        return lines;
    }

    private static StoreLine of(SectionSpec section, Phrase line, String crtBase, String keyBase) {
        Map<String, String> parts = new HashMap<>();
        for (int i = 1; i + 1 < line.words().size(); i += 2) {
            parts.put(line.words().get(i), line.words().get(i + 1));
        }
        String name = parts.getOrDefault("alias", parts.get("crt"));
        boolean named = section.name() != null && !section.name().isEmpty();
        return new StoreLine(named ? "@" + section.name() + "/" + name : parts.containsKey("alias") ? "@/" + name
                : certificate(name, crtBase), certificate(parts.get("crt"), crtBase), key(parts.get("key"), keyBase), parts,
                line.place());
    }

    /** The path of a certificate, under a base unless it is absolute or the name of a store's; null stays null. */
    static String certificate(String path, String base) {
        return path == null || path.startsWith("@") ? path : key(path, base);
    }

    /** The path of a key, under a base unless it is absolute; null stays null. */
    static String key(String path, String base) {
        return path == null || base == null || path.startsWith("/") ? path : base + "/" + path;
    }
}
