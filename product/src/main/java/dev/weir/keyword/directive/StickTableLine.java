package dev.weir.keyword.directive;

import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;

/** Checks a {@code stick-table} line, or a {@code table} line of a peers section (configuration manual 11.1). */
final class StickTableLine {

    private StickTableLine() {}

    /** @param called what messages start with */
    static String error(Statement line, int from, String called) {
        boolean sized = false;
        for (int i = from; i < line.count(); i++) {
            String word = line.word(i);
            String value = line.word(i + 1);
            switch (word) {
                case "type" -> {
                    i++;
                    if (!ServerChecks.isOneOf(value, "ip", "ipv4", "ipv6", "integer", "string", "binary")) {
                        return called + ": unknown type '" + value + "'.";
                    }
                    if (line.word(i + 1).equals("len")) {
                        i += 2;
                    }
                }
                case "size" -> {
                    i++;
                    long size = Numbers.size(value);
                    if (size <= 0) {
                        return called + ": " + (value.isEmpty() ? "missing argument after 'size'."
                                : "unexpected character '" + Numbers.culprit(value, size) + "' in argument of 'size'.");
                    }
                    sized = true;
                }
                case "expire" -> {
                    i++;
                    long ms = Numbers.millis(value);
                    if (ms < 0) {
                        return called + ": " + (value.isEmpty() ? "missing argument after 'expire'."
                                : "unexpected character '" + Numbers.culprit(value, ms) + "' in argument of 'expire'.");
                    }
                }
                case "peers", "store", "srvkey", "write-to", "brates-factor" -> {
                    i++;
                    if (value.isEmpty()) {
                        return called + ": missing argument after '" + word + "'.";
                    }
                }
                case "nopurge", "recv-only" -> { }
                default -> {
                    return called + ": unknown argument '" + word + "'.";
                }
            }
        }
        return sized ? null : called + ": missing size.";
    }
}
