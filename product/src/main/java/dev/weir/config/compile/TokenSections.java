package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.config.rule.TokenWords;
import dev.weir.flow.expr.TokenKeys;
import dev.weir.net.tls.CertificateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gathers what lines say about web tokens: lists of algorithms, and the certificates of stores that are marked with
 * {@code jwt on} (configuration manual 11.8.2). Boot's thread; what commands mark is known from then on.
 */
public final class TokenSections {

    private TokenSections() {}

    static TokenWords read(Draft draft) {
        Map<String, String> lists = new HashMap<>();
        for (Phrase line : draft.global().get(Draft.KEPT)) {
            if (line.words().getFirst().startsWith("jwt.")) {
                lists.put(line.words().getFirst(), line.words().get(1));
            }
        }
        Map<String, TokenKeys> keys = new ConcurrentHashMap<>();
        draft.global().set(GlobalSpec.TOKEN_KEYS, keys, Place.BUILT_IN);
        for (SectionSpec section : draft.others) {
            if (section.kind() == Section.CRT_STORE) {
                store(draft, section, keys);
            }
        }
        return new TokenWords(Map.copyOf(lists), keys);
    }

    /** Tokens may be judged and opened with that certificate, or no more. */
    public static void mark(Settings global, CertificateFile file, boolean on) {
        Map<String, TokenKeys> keys = global.get(GlobalSpec.TOKEN_KEYS);
        String text = on && !file.isEmpty() ? file.dump() : "";
        TokenKeys found = text.isEmpty() ? null : PemKeys.read(text, text);
        if (found != null) {
            keys.put(file.name(), found);
        } else {
            keys.remove(file.name());
        }
    }

    private static void store(Draft draft, SectionSpec section, Map<String, TokenKeys> keys) {
        String crtBase = draft.global().get(GlobalSpec.CRT_BASE);
        String keyBase = draft.global().get(GlobalSpec.KEY_BASE);
        for (Phrase line : section.lines()) {
            List<String> words = line.words();
            switch (words.getFirst()) {
                case "crt-base" -> crtBase = words.get(1);
                case "key-base" -> keyBase = words.get(1);
                default -> {
                    Map<String, String> parts = new HashMap<>();
                    for (int i = 1; i + 1 < words.size(); i += 2) {
                        parts.put(words.get(i), words.get(i + 1));
                    }
                    if ("on".equals(parts.get("jwt")) && parts.get("crt") != null) {
                        load(section.name(), parts, crtBase, keyBase, keys);
                    }
                }
            }
        }
    }

    private static void load(String store, Map<String, String> parts, String crtBase, String keyBase,
            Map<String, TokenKeys> keys) {
        String path = based(parts.get("crt"), crtBase);
        String key = parts.get("key") == null ? path : based(parts.get("key"), keyBase);
        TokenKeys found = null;
        try {
            found = PemKeys.read(text(path), text(key));
        } catch (IOException e) {
            // that it cannot be read is said where stores are loaded
        }
        if (found == null) {
            return;
        }
        String name = parts.getOrDefault("alias", parts.get("crt"));
        if (store != null && !store.isEmpty()) {
            keys.put("@" + store + "/" + name, found);
        } else {
            keys.put(parts.containsKey("alias") ? "@/" + name : path, found);
        }
    }

    private static String based(String path, String base) {
        return base == null || path.startsWith("/") || path.startsWith("@") ? path : base + "/" + path;
    }

    private static String text(String path) throws IOException {
        return Files.readString(Path.of(path), StandardCharsets.ISO_8859_1);
    }
}
