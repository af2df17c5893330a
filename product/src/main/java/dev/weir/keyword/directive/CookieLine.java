package dev.weir.keyword.directive;

import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;

/** Checks a {@code cookie} line (configuration manual 4.2). */
final class CookieLine {

    private CookieLine() {}

    /** The error, or null. */
    static String error(Statement line) {
        if (!line.has(1)) {
            return "'cookie' expects <cookie_name> as argument.";
        }
        for (int i = 2; i < line.count(); i++) {
            String option = line.word(i);
            switch (option) {
                case "rewrite", "insert", "prefix", "indirect", "nocache", "postonly", "preserve", "httponly", "secure",
                    "dynamic" -> { }
                case "domain", "attr" -> {
                    if (!line.has(++i)) {
                        return "^'" + option + "' expects <" + (option.equals("attr") ? "value" : "domain")
                                + "> as argument.";
                    }
                }
                case "maxidle", "maxlife" -> {
                    String value = line.word(++i);
                    if (value.isEmpty()) {
                        return "'" + option + "' expects <idletime> in seconds as argument.";
                    }
                    long seconds = Numbers.time(value, Numbers.Unit.S, Numbers.Unit.S);
                    if (seconds < 0) {
                        return "unexpected character '" + Numbers.culprit(value, seconds) + "' in argument to <"
                                + option + ">.";
                    }
                }
                default -> {
                    return "'cookie' supports 'rewrite', 'insert', 'prefix', 'indirect', 'nocache', 'postonly', "
                            + "'domain', 'maxidle', 'dynamic', 'maxlife' and 'attr' options.";
                }
            }
        }
        return null;
    }
}
