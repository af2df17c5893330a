package dev.weir.config.lang;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The version of the system's OpenSSL, read from its file: asking the library itself would cost a start too much. */
public final class VersionOfOpenSsl {

    private static final String FILE = "libcrypto.so.3";
    private static final String START = "OpenSSL 3.";

    private VersionOfOpenSsl() {}

    private static Path file() {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        for (String directory : List.of("/usr/lib/" + machine + "-linux-gnu", "/lib/" + machine + "-linux-gnu",
                "/usr/lib64", "/lib64", "/usr/local/lib", "/usr/lib", "/lib")) {
            Path file = Path.of(directory, FILE);
            if (Files.isReadable(file)) {
                return file;
            }
        }
        return null;
    }

    /** Whether there is one. */
    public static boolean isThere() {
        return file() != null;
    }

    /** {@code OpenSSL 3.0.2 15 Mar 2022}, or empty. */
    public static String text() {
        Path file = file();
        try {
            String bytes = file == null ? "" : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            int at = bytes.indexOf(START);
            return at < 0 ? "" : bytes.substring(at, bytes.indexOf(0, at)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** The numbers alone, or empty. */
    public static String numbers() {
        String[] words = text().split(" ");
        return words.length > 1 ? words[1] : "";
    }
}
