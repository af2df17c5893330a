package dev.weir.model.pattern;

import dev.weir.base.hash.Hash64;
import dev.weir.base.text.ByteText;
import dev.weir.base.text.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All lists of patterns of the process by name (configuration.txt 2.7): {@code file@} and {@code opt@} name the same list
 * as the bare file name, {@code virt@} belongs to the name. The patterns that stand in an ACL line are a list too, which
 * only has a number. Owner: whoever reads configurations.
 */
public final class PatternReferences {

    private static final String OPTIONAL = "opt@";
    private static final String FILE = "file@";
    private static final String VIRTUAL = "virt@";

    /** A file as it was read; the digest is 0 where there is none. */
    private record Content(byte[] bytes, long digest) {}

    private static final Content NOTHING = new Content(new byte[0], 0);

    private static final int NO_NUMBER = -1;

    /**
     * A list as commands know it.
     *
     * @param file the name of its file, empty for the patterns of a line
     */
    public record Listed(int number, String file, PatternReference list, boolean ofMaps, boolean ofAcls,
            String description) {}

    /** A list with where it is used. */
    private static final class Use {
        private final PatternReference list;
        private final String file;
        private final int number;
        private final StringBuilder description;
        private boolean ofMaps;
        private boolean ofAcls;

        Use(PatternReference list, String file, int number, String description) {
            this.list = list;
            this.file = file;
            this.number = number;
            this.description = new StringBuilder(description);
        }
    }

    /** By the file's name, or by the description of a line's own. */
    private final Map<String, Use> byName = new LinkedHashMap<>();
    private Place place = Place.BUILT_IN;
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

    /** The line that lists are asked for from now on. */
    public void at(Place line) {
        place = line;
    }

    private String where() {
        return " at file '" + place.file() + "' line " + place.line();
    }

    /**
     * The list of that name, read from its file when it is asked for first.
     *
     * @param map whether its lines have values
     * @param byAcl whether an ACL asks
     */
    public PatternReference get(String name, boolean map, boolean byAcl) throws PatternError {
        boolean optional = name.startsWith(OPTIONAL);
        String plain = optional ? name.substring(OPTIONAL.length())
                : name.startsWith(FILE) ? name.substring(FILE.length()) : name;
        Use known = byName.get(plain);
        String user = byAcl ? "acl" : "map";
        if (known == null) {
            Content content = name.startsWith(VIRTUAL) ? NOTHING : read(plain, optional);
            PatternReference living = before == null ? null : before.find(plain);
            boolean same = living != null && living.isMap() == map && living.fileDigest() == content.digest;
            known = new Use(same ? living : new PatternReference(plain, map, map ? PatternFile.pairs(content.bytes)
                    : PatternFile.keys(content.bytes), content.digest), plain, NO_NUMBER,
                    "pattern loaded from file '" + plain + "' used by " + user + where());
            byName.put(plain, known);
        } else if (known.list.isMap() != map) {
            throw new PatternError("The file \"" + plain + "\" is already used as " + columns(known.list.isMap())
                    + " column file and cannot be used by as " + columns(map) + " column file.");
        } else {
            // a line that is compiled in two ways is one use
            String use = "by " + user + where();
            known.description.append(known.description.toString().endsWith(use) ? "" : ", " + use);
        }
        known.ofMaps |= !byAcl;
        known.ofAcls |= byAcl;
        return known.list;
    }

    private static String columns(boolean map) {
        return map ? "two" : "one";
    }

    /**
     * The patterns of an ACL line, which commands find by their number.
     *
     * @param keyword of the line
     * @param number what the line wants it to be, or null
     */
    public PatternReference ofLine(String keyword, String number, List<byte[]> words) throws PatternError {
        String description = "acl '" + keyword + "' file '" + place.file() + "' line " + place.line();
        String key = number != null ? "\0" + number : key(description);
        long digest = 1;
        for (byte[] word : words) {
            digest = Hash64.xxh64(word, 0, word.length, digest);
        }
        Use known = byName.get(key);
        PatternReference living = before == null ? null : before.find(key);
        boolean same = living != null && (known == null ? living.fileDigest() == digest : known.list == living);
        if (known == null) {
            known = new Use(same ? living : new PatternReference(number == null ? "" : number, false, List.of(), digest),
                    "", number == null ? NO_NUMBER : value(number), description);
            known.ofAcls = true;
            byName.put(key, known);
        }
        List<PatternEntry> entries = new ArrayList<>();
        for (byte[] word : words) {
            entries.add(new PatternEntry(word, null, 0, 0));
        }
        if (!same && !entries.isEmpty()) {
            known.list.addAll(entries);
        }
        return known.list;
    }

    /** Of digits; none are 0. */
    private static int value(String digits) {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            value = Math.min(value, (Integer.MAX_VALUE - 9) / 10) * 10 + digits.charAt(i) - '0';
        }
        return value;
    }

    /** Several of a line and keyword are told apart by their order. */
    private String key(String description) {
        int i = 0;
        while (byName.containsKey("\0" + description + "\0" + i)) {
            i++;
        }
        return "\0" + description + "\0" + i;
    }

    /** The configuration holds from now on: the one before is forgotten. */
    public void takeOver() {
        before = null;
    }

    /** All lists by their numbers: those that lines want, the others fill what is left in the order of their first use. */
    public List<Listed> all() {
        Set<Integer> taken = new HashSet<>();
        byName.values().forEach(each -> taken.add(each.number));
        List<Listed> all = new ArrayList<>(byName.size());
        int next = 0;
        for (Use each : byName.values()) {
            int number = each.number;
            if (number == NO_NUMBER) {
                while (taken.contains(next)) {
                    next++;
                }
                number = next++;
            }
            all.add(new Listed(number, each.file, each.list, each.ofMaps, each.ofAcls, each.description.toString()));
        }
        all.sort(Comparator.comparingInt(Listed::number));
        return all;
    }

    /** The list of that name, or null when nothing has used it yet. */
    public PatternReference find(String name) {
        Use known = byName.get(name.startsWith(OPTIONAL) ? name.substring(OPTIONAL.length())
                : name.startsWith(FILE) ? name.substring(FILE.length()) : name);
        return known == null ? null : known.list;
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
