package dev.weir.config.compile;

import dev.weir.base.text.ByteText;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds and reads the files of a configuration: files as named, and of directories every {@code *.cfg} that is not
 * hidden, in the order of their bytes (management manual, {@code -f}).
 *
 * <p>Owner: boot's thread.
 */
final class SourceFiles {

    /** A device that never ends is no configuration. */
    private static final int MAX_BYTES = 256 << 20;

    private final Diagnostics diagnostics;

    SourceFiles(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** The files to read, or null when one of the names leads nowhere. */
    List<Path> find(List<String> names) {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                List<Path> found = list(path, name);
                if (found == null) {
                    return null;
                }
                files.addAll(found);
            } else if (Files.exists(path)) {
                files.add(path);
            } else {
                alert("Cannot open configuration file/directory " + ByteText.of(name)
                        + " : No such file or directory");
                return null;
            }
        }
        return files;
    }

    private List<Path> list(Path directory, String name) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.cfg")) {
            for (Path entry : entries) {
                if (entry.getFileName().toString().charAt(0) != '.' && !Files.isDirectory(entry)) {
                    found.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            alert("Cannot open configuration file/directory " + ByteText.of(name) + " : " + reason(e));
            return null;
        }
        if (found.isEmpty()) {
            alert("No configuration file (*.cfg) in directory " + ByteText.of(name));
            return null;
        }
        found.sort(Comparator.comparing(p -> ByteText.of(p.getFileName().toString())));
        return found;
    }

    /** The whole file as byte text, or null when it cannot be read. */
    String read(Path file) {
        String name = ByteText.of(file.toString());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                alert("Could not open configuration file " + name + " : File too large");
                return null;
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            alert("Could not open configuration file " + name + " : " + reason(e));
            return null;
        }
    }

    private void alert(String text) {
        diagnostics.report(Level.ALERT, null, text);
    }

    private static String reason(Exception e) {
        return switch (e) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            default -> "Input/output error";
        };
    }
}
