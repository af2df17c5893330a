package dev.weir.admin.stats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what a form of the statistics page sends. Stateless. */
final class AdminForm {

    private AdminForm() {}

    /** Of the backend and the action the last one said counts. */
    static StatsAdmin.Order read(byte[] body, int from, int length) {
        String backend = null;
        String action = null;
        List<String> servers = new ArrayList<>();
        String text = new String(body, from, length, StandardCharsets.ISO_8859_1);
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            switch (equals < 0 ? pair : pair.substring(0, equals)) {
                case "b" -> backend = value;
                case "action" -> action = value;
                case "s" -> servers.add(value);
                default -> { }
            }
        }
        return new StatsAdmin.Order(backend, action, servers);
    }

    private static String decoded(String value) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int high = c == '%' && i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(value.charAt(i + 2), 16);
            if (low >= 0) {
                out.append((char) (high << 4 | low));
                i += 2;
            } else {
                out.append(c == '+' ? ' ' : c);
            }
        }
        return out.toString();
    }
}
