package dev.weir.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Whether files have changed since they were looked at last ({@code weir.watch}): the configuration's, whole directories, and
 * those that it names besides. Something that is still being written is waited for: a change counts once it stands for a whole
 * period. Used by the thread of errands.
 */
final class FileWatch {

    private TreeMap<String, String> known;
    private TreeMap<String, String> last;

    /** Looks; true when what is there now is something else than what was known, and has not moved since the last look. */
    boolean hasChanged(List<String> files) {
        TreeMap<String, String> now = new TreeMap<>();
        files.forEach(each -> look(Path.of(each), now));
        boolean settled = now.equals(last);
        last = now;
        if (known == null || !settled) {
            known = known == null ? now : known;
            return false;
        }
        boolean changed = !now.equals(known);
        known = now;
        return changed;
    }

    private static void look(Path file, TreeMap<String, String> stamps) {
        try {
            if (Files.isDirectory(file)) {
                List<Path> inside = new ArrayList<>();
                try (var all = Files.newDirectoryStream(file, "*.cfg")) {
                    all.forEach(inside::add);
                }
                inside.forEach(each -> look(each, stamps));
            } else {
                stamps.put(file.toString(), Files.getLastModifiedTime(file) + " " + Files.size(file) + " "
                        + Files.getAttribute(file, "unix:ino"));
            }
        } catch (IOException gone) {
            stamps.put(file.toString(), "gone");
        }
    }
}
