package dev.weir.keyword.directive;

/** Words that TLS options share. */
final class TlsWords {

    private TlsWords() {}

    static boolean isVersion(String word) {
        return switch (word) {
            case "SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3" -> true;
            default -> false;
        };
    }
}
