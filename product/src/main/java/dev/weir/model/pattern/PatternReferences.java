package dev.weir.model.pattern;

import dev.weir.base.text.ByteText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All lists of patterns of the process by name (configuration.txt 2.7): {@code file@} and {@code opt@} name the same list
 * as the bare file name, {@code virt@} belongs to the name. Owner: whoever reads configurations.
 */
public final class PatternReferences {

    private static final String OPTIONAL = "opt@";
    private static final String FILE = "file@";
    private static final String VIRTUAL = "virt@";

    private final Map<String, PatternReference> byName = new LinkedHashMap<>();

    /** The list of that name, read from its file when it is asked for first. */
    public PatternReference get(String name, boolean map) throws PatternError {
        boolean optional = name.startsWith(OPTIONAL);
        String plain = optional ? name.substring(OPTIONAL.length())
                : name.startsWith(FILE) ? name.substring(FILE.length()) : name;
        PatternReference known = byName.get(plain);
        if (known == null) {
            known = new PatternReference(plain, map,
                    name.startsWith(VIRTUAL) ? List.of() : read(plain, map, optional));
            byName.put(plain, known);
        }
        return known;
    }

    /** A list that only commands and actions can find, by this number as its name. */
    public PatternReference unnamed(String number) {
        return byName.computeIfAbsent(number, n -> new PatternReference(n, false, List.of()));
    }

    /** All lists in the order in which they were first named. */
    public List<PatternReference> all() {
        return List.copyOf(byName.values());
    }

    /** The list of that name, or null when nothing has used it yet. */
    public PatternReference find(String name) {
        return byName.get(name.startsWith(OPTIONAL) ? name.substring(OPTIONAL.length())
                : name.startsWith(FILE) ? name.substring(FILE.length()) : name);
    }

    private static List<PatternEntry> read(String name, boolean map, boolean optional) throws PatternError {
        try {
            Path path = Path.of(ByteText.decode(name));
            if (name.isEmpty() || !Files.isReadable(path) || Files.isDirectory(path)) {
                if (optional && !Files.exists(path)) {
                    return List.of();
                }
                throw new PatternError("failed to open pattern file <" + name + ">");
            }
            byte[] content = Files.readAllBytes(path);
            return map ? PatternFile.pairs(content) : PatternFile.keys(content);
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw new PatternError("failed to open pattern file <" + name + ">");
        }
    }
}
