package dev.weir.config.compile;

import dev.weir.net.tls.CertificateFile;
import dev.weir.net.tls.TlsError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the file of a {@code crt-list}: certificates, each with options and the names that it is for. Boot's thread. */
final class CrtList {

    /** One line; without filters the names in the certificates count. */
    record Entry(List<CertificateFile> files, Map<String, String> options, List<String> filters) {}

    /** Finds the certificates of a path. */
    interface Loader {
        List<CertificateFile> load(String path, Map<String, String> parts) throws TlsError;
    }

    private static final List<String> WITH_VALUE = List.of("alpn", "ca-file", "ca-verify-file", "ciphers", "ciphersuites",
            "client-sigalgs", "crl-file", "curves", "ecdhe", "npn", "sigalgs", "ssl-min-ver", "ssl-max-ver", "verify");
    private static final List<String> WITHOUT_VALUE = List.of("allow-0rtt", "no-alpn", "no-ca-names");
    private static final List<String> PARTS = List.of("crt", "key", "ocsp", "issuer", "sctl");

    private CrtList() {}

    static List<Entry> read(String file, Loader loader) throws TlsError {
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new TlsError("'crt-list' : cannot open file '" + file + "' : " + (Files.exists(Path.of(file))
                    ? "Permission denied" : "No such file or directory"));
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                entries.add(entry(line, "'crt-list' : parsing [" + file + ":" + (i + 1) + "]: ", loader));
            }
        }
        return entries;
    }

    private static Entry entry(String line, String where, Loader loader) throws TlsError {
        List<String> words = new ArrayList<>();
        for (String word : line.replace("[", " [ ").replace("]", " ] ").split("\\s+")) {
            words.add(word);
        }
        Map<String, String> options = new HashMap<>();
        Map<String, String> parts = new HashMap<>();
        int at = 1;
        if (words.size() > 1 && words.get(1).equals("[")) {
            at = 2;
            while (at < words.size() && !words.get(at).equals("]")) {
                String word = words.get(at);
                boolean valued = WITH_VALUE.contains(word) || PARTS.contains(word);
                if (!valued && !WITHOUT_VALUE.contains(word)) {
                    throw new TlsError(where + "unknown ssl keyword " + word);
                } else if (valued && (at + 1 >= words.size() || words.get(at + 1).equals("]"))) {
                    throw new TlsError(where + "ssl args out of limit for keyword " + word);
                }
                (PARTS.contains(word) ? parts : options).put(word, valued ? words.get(at + 1) : "");
                at += valued ? 2 : 1;
            }
            at++;
        }
        List<String> filters = at < words.size() ? words.subList(at, words.size()) : List.of();
        try {
            return new Entry(loader.load(words.getFirst(), parts), options, List.copyOf(filters));
        } catch (TlsError e) {
            throw new TlsError("'crt-list' : " + e.getMessage());
        }
    }
}
