package dev.weir.keyword.directive;

import dev.weir.config.lang.Statement;

/** Checks a {@code retry-on} line (configuration manual 4.2). */
final class RetryWords {

    private RetryWords() {}

    static String error(Statement line) {
        if (!line.has(1)) {
            return "'retry-on' needs at least one keyword to specify when to retry";
        }
        for (int i = 1; i < line.count(); i++) {
            switch (line.word(i)) {
                case "none", "conn-failure", "empty-response", "junk-response", "response-timeout", "0rtt-rejected",
                    "all-retryable-errors", "401", "403", "404", "408", "421", "425", "429", "500", "501", "502",
                    "503", "504" -> { }
                default -> {
                    return "'retry-on': unknown keyword '" + line.word(i) + "'";
                }
            }
        }
        return null;
    }
}
