package dev.weir.config.compile;

import dev.weir.base.text.Phrase;
import dev.weir.net.tls.TlsTerms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What global lines say about TLS. A line about a default holds for the lines that follow it. Stateless. */
final class TlsGlobals {

    private TlsGlobals() {}

    /**
     * The defaults of one side.
     *
     * @param side {@code bind} or {@code server}
     * @param count how many of the lines had been read by then
     */
    static TlsTerms defaults(List<Phrase> lines, int count, String side) {
        String start = "ssl-default-" + side + "-";
        Map<String, String> words = new HashMap<>();
        for (Phrase line : lines.subList(0, Math.min(count, lines.size()))) {
            String keyword = line.words().getFirst();
            if (keyword.equals(start + "options")) {
                options(line.words(), words);
            } else if (keyword.startsWith(start)) {
                words.put(keyword.substring(start.length()), line.words().get(1));
            } else if (keyword.equals("ssl-server-verify") && side.equals("server")) {
                words.put("verify", line.words().size() > 1 ? line.words().get(1) : "required");
            }
        }
        return new TlsTerms(words);
    }

    private static void options(List<String> line, Map<String, String> words) {
        for (int i = 1; i < line.size(); i++) {
            boolean valued = line.get(i).endsWith("-ver");
            words.put(line.get(i), valued && i + 1 < line.size() ? line.get(i + 1) : "");
            i += valued ? 1 : 0;
        }
    }

    /** The {@code tune.ssl} words without that start, and those of other lines that hold for all. */
    static TlsTerms tuning(List<Phrase> lines) {
        Map<String, String> words = new HashMap<>();
        for (Phrase line : lines) {
            String keyword = line.words().getFirst();
            String value = String.join(" ", line.words().subList(1, line.words().size()));
            if (keyword.startsWith("tune.ssl.")) {
                words.put(keyword.substring("tune.ssl.".length()), value);
            } else if (keyword.startsWith("ssl-") || keyword.equals("issuers-chain-path")) {
                words.put(keyword.startsWith("ssl-security") ? "security-level" : keyword, value);
            }
        }
        return new TlsTerms(words);
    }
}
