package dev.weir.config.compile;

import dev.weir.net.tls.CertificateFile;
import dev.weir.net.tls.CertificateList;
import dev.weir.net.tls.JwtUse;
import dev.weir.net.tls.ListEntry;
import dev.weir.net.tls.OcspModes;
import dev.weir.net.tls.TlsError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the file of a {@code crt-list}: certificates, each with options and the names that it is for. Boot's thread. */
public final class CrtList {

    /** One line; without filters the names in the certificates count. */
    public record Line(String name, Map<String, String> options, Map<String, String> parts, List<String> filters) {}

    /** Finds the certificates of a path. */
    interface Loader {
        List<CertificateFile> load(String path, Map<String, String> parts) throws TlsError;
    }

    private static final List<String> WITH_VALUE = List.of("alpn", "ca-file", "ca-verify-file", "ciphers", "ciphersuites",
            "client-sigalgs", "crl-file", "curves", "ecdhe", "npn", "sigalgs", "ssl-min-ver", "ssl-max-ver", "verify");
    private static final List<String> WITHOUT_VALUE = List.of("allow-0rtt", "no-alpn", "no-ca-names");
    private static final List<String> PARTS = List.of("crt", "key", "ocsp", "issuer", "sctl", "ocsp-update", "jwt");

    private CrtList() {}

    static CertificateList read(String file, Loader loader, OcspModes modes, JwtUse jwt)
            throws TlsError {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new TlsError("'crt-list' : cannot open file '" + file + "' : " + (Files.exists(Path.of(file))
                    ? "Permission denied" : "No such file or directory"));
        }
        CertificateList list = new CertificateList(file, bytes);
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String text = lines[i].strip();
            if (!text.isEmpty() && text.charAt(0) != '#') {
                try {
                    Line line = line(text, "parsing [" + file + ":" + (i + 1) + "]: ");
                    for (CertificateFile each : loader.load(line.name(), line.parts())) {
                        modes.set(each.name(), line.parts().get("ocsp-update"), "in crt-list '" + file + "' line " + (i + 1));
                        jwt.set(each.name(), line.parts().get("jwt"));
                        list.put(new ListEntry(i + 1, each.name(), line.options(), line.filters()));
                    }
                } catch (TlsError e) {
                    throw new TlsError("'crt-list' : " + e.getMessage());
                }
            }
        }
        return list;
    }

    /** @param where what stands before the text of an error */
    public static Line line(String text, String where) throws TlsError {
        List<String> words = new ArrayList<>();
        for (String word : text.strip().replace("[", " [ ").replace("]", " ] ").split("\\s+")) {
            words.add(word);
        }
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, String> parts = new HashMap<>();
        int at = 1;
        if (words.size() > 1 && words.get(1).equals("[")) {
            at = options(words, options, parts, where) + 1;
        }
        List<String> filters = at < words.size() ? words.subList(at, words.size()) : List.of();
        return new Line(words.getFirst(), options, parts, List.copyOf(filters));
    }

    /** Where the closing bracket is. */
    private static int options(List<String> words, Map<String, String> options, Map<String, String> parts, String where)
            throws TlsError {
        int at = 2;
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
        if (at >= words.size()) {
            throw new TlsError(where + "expects ']'");
        }
        return at;
    }
}
