package dev.weir.net.tls;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * What the library takes its algorithms from: {@code ssl-provider}, {@code ssl-provider-path}, {@code ssl-propquery}. It is the
 * process's, and nothing of it is taken back by a reload. Boot's thread.
 */
public final class Providers {

    /** Those that lines name, in order; the library says of none what it is called. */
    private static final List<String> LOADED = new ArrayList<>();

    private Providers() {}

    /** Does what a line says; what is wrong, or null. */
    public static String set(String word, String value) {
        if (OpenSsl.missing() != null) {
            return word + " : " + OpenSsl.missing() + ".";
        }
        try (Arena arena = Arena.ofConfined()) {
            long text = OpenSsl.zeroEnded(arena, value).address();
            boolean done = switch (word) {
                case "ssl-provider-path" -> (int) OpenSsl.call("OSSL_PROVIDER_set_default_search_path", 0, text) == 1;
                case "ssl-propquery" -> (int) OpenSsl.call("EVP_set_default_properties", 0, text) == 1;
                default -> OpenSsl.call("OSSL_PROVIDER_load", 0, text) != 0;
            };
            OpenSsl.clearErrors();
            if (done && word.equals("ssl-provider") && !LOADED.contains(value)) {
                LOADED.add(value);
            }
            return done ? null : "ssl-provider".equals(word) ? "ssl-provider : unknown provider '" + value + "'"
                    : word + " : failed to set '" + value + "'";
        }
    }

    /** The names of those that are loaded; without a line the library loads its usual one. */
    public static List<String> names() {
        return LOADED.isEmpty() ? List.of("default") : List.copyOf(LOADED);
    }
}
