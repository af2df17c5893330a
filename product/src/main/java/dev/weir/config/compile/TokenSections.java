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
        draft.enter(section.place());
        for (StoreLine line : StoreLine.of(section, draft.global())) {
            if ("on".equals(line.parts().get("jwt")) && line.crt() != null) {
                load(line, keys);
            }
        }
    }

    private static void load(StoreLine line, Map<String, TokenKeys> keys) {
        try {
            TokenKeys found = PemKeys.read(text(line.crt()), text(line.key() == null ? line.crt() : line.key()));
            if (found != null) {
                keys.put(line.name(), found);
            }
        } catch (IOException e) {
            // that it cannot be read is said where stores are loaded
        }
    }

    private static String text(String path) throws IOException {
        return Files.readString(Path.of(path), StandardCharsets.ISO_8859_1);
    }
}
