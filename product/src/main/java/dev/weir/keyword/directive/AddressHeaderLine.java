package dev.weir.keyword.directive;

import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;

/** Checks {@code option forwardfor} and {@code option originalto} (configuration manual 4.2). */
final class AddressHeaderLine {

    private AddressHeaderLine() {}

    static boolean fits(Statement line, String name) {
        for (int i = 2; i < line.count(); i++) {
            switch (line.word(i)) {
                case "except" -> {
                    if (!line.has(++i) || !isNetwork(line.word(i))) {
                        line.alert(i, "'option " + name + " except' expects <address>[/mask] as argument.");
                        return false;
                    }
                }
                case "header" -> {
                    if (!line.has(++i)) {
                        line.alert(i, "'option " + name + " header' expects <header_name> as argument.");
                        return false;
                    }
                }
                case "if-none" -> {
                    if (name.equals("originalto")) {
                        wrong(line, i, name);
                        return false;
                    }
                }
                default -> {
                    wrong(line, i, name);
                    return false;
                }
            }
        }
        return true;
    }

    private static void wrong(Statement line, int at, String name) {
        line.alert(at, name.equals("forwardfor")
                ? "'option forwardfor' only supports optional values: 'except', 'header' and 'if-none'."
                : "'option originalto' only supports optional values: 'except' and 'header'.");
    }

    private static boolean isNetwork(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean digits = !address.isEmpty();
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            digits &= Character.digit(c, 16) >= 0 || c == '.' || c == ':';
        }
        return digits && (slash < 0 || Numbers.integer(text.substring(slash + 1), -1) >= 0);
    }
}
