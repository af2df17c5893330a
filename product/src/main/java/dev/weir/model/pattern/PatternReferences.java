package dev.weir.model.pattern;

import dev.weir.base.hash.Hash64;
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

    /** A file as it was read; the digest is 0 where there is none. */
    private record Content(byte[] bytes, long digest) {}

    private static final Content NOTHING = new Content(new byte[0], 0);

    private final Map<String, PatternReference> byName = new LinkedHashMap<>();
    private PatternReferences before;

    public PatternReferences() {
        this(null);
    }

    /**
     * The lists of a configuration that follows another: those whose files are as they were read then are the very same,
     * with what commands have made of them; a file that has changed since wins whole.
     */
    public PatternReferences(PatternReferences before) {
        this.before = before;
    }

    /** The list of that name, read from its file when it is asked for first. */
    public PatternReference get(String name, boolean map) throws PatternError {
        boolean optional = name.startsWith(OPTIONAL);
        String plain = optional ? name.substring(OPTIONAL.length())
                : name.startsWith(FILE) ? name.substring(FILE.length()) : name;
        PatternReference known = byName.get(plain);
        if (known == null) {
            Content content = name.startsWith(VIRTUAL) ? NOTHING : read(plain, optional);
            PatternReference living = before == null ? null : before.byName.get(plain);
            boolean same = living != null && living.isMap() == map && living.fileDigest() == content.digest;
            known = same ? living : new PatternReference(plain, map, map ? PatternFile.pairs(content.bytes)
                    : PatternFile.keys(content.bytes), content.digest);
            byName.put(plain, known);
        } else if (known.isMap() != map) {
            throw new PatternError("The file \"" + plain + "\" is already used as " + columns(known.isMap())
                    + " column file and cannot be used by as " + columns(map) + " column file.");
        }
        return known;
    }

    private static String columns(boolean map) {
        return map ? "two" : "one";
    }

    /** A list that only commands and actions can find, by this number as its name, with these lines at first. */
    public PatternReference unnamed(String number, List<byte[]> words) throws PatternError {
        PatternReference known = byName.get(number);
        long digest = 1;
        for (byte[] word : words) {
            digest = Hash64.xxh64(word, 0, word.length, digest);
        }
        PatternReference living = before == null ? null : before.byName.get(number);
        if (known == null && living != null && living.fileDigest() == digest || known != null && known == living) {
            byName.put(number, living);
            return living;
        }
        if (known == null) {
            known = new PatternReference(number, false, List.of(), digest);
            byName.put(number, known);
        }
        for (byte[] word : words) {
            known.add(word, null);
        }
        return known;
    }

    /** The configuration holds from now on: the one before is forgotten. */
    public void takeOver() {
        before = null;
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

    private static Content read(String name, boolean optional) throws PatternError {
        try {
            Path path = Path.of(ByteText.decode(name));
            if (name.isEmpty() || !Files.isReadable(path) || Files.isDirectory(path)) {
                if (optional && !Files.exists(path)) {
                    return NOTHING;
                }
                throw new PatternError("failed to open pattern file <" + name + ">");
            }
            byte[] content = Files.readAllBytes(path);
            return new Content(content, Hash64.xxh64(content, 0, content.length, content.length));
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw new PatternError("failed to open pattern file <" + name + ">");
        }
    }
}
