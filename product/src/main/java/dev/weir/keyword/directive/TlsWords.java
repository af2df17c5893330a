package dev.weir.keyword.directive;

import java.util.List;

/** Words that TLS options share. */
final class TlsWords {

    private TlsWords() {}

    private static final List<String> OPTIONS = List.of("no-sslv3", "no-tlsv10", "no-tlsv11", "no-tlsv12", "no-tlsv13",
            "force-sslv3", "force-tlsv10", "force-tlsv11", "force-tlsv12", "force-tlsv13", "no-tls-tickets",
            "tls-tickets");
    private static final List<String> OF_BIND = List.of("prefer-client-ciphers", "strict-sni", "no-strict-sni",
            "no-alpn", "no-renegotiate");

    /** What is wrong with the words of {@code ssl-default-bind-options} and its twin, or null. */
    static String wrongOption(String keyword, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean known = OPTIONS.contains(word) || keyword.contains("bind") && OF_BIND.contains(word)
                    || word.equals("renegotiate") || word.equals("no-renegotiate") || word.equals("no-ssl-reuse");
            if (word.equals("ssl-min-ver") || word.equals("ssl-max-ver")) {
                i++;
                if (i >= words.size() || !isVersion(words.get(i))) {
                    return "'" + (i < words.size() ? words.get(i) : "") + "' : unknown ssl/tls version.";
                }
            } else if (!known) {
                return "unknown option '" + word + "' on global statement '" + keyword + "'.";
            }
        }
        return null;
    }

    /** What is wrong with the words of {@code ssl-load-extra-files}, or null. */
    static String wrongExtra(List<String> words) {
        for (String word : words) {
            if (!List.of("none", "all", "bundle", "sctl", "ocsp", "issuer", "key").contains(word)) {
                return "'ssl-load-extra-files' expects one or multiple arguments (none, all, bundle, sctl, ocsp, issuer).";
            }
        }
        return null;
    }

    static boolean isVersion(String word) {
        return switch (word) {
            case "SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3" -> true;
            default -> false;
        };
    }
}
