package dev.weir.config.lang;

import java.util.List;

/** The predicates of conditions: how many arguments each takes and what it comes to. */
final class Predicates {

    /** An argument that the predicate cannot read. */
    static final int INVALID = -2;

    private Predicates() {}

    /** The number of arguments of a predicate, or -1 when there is none of that name. */
    static int arity(String name) {
        return switch (name) {
            case "fips_mode" -> 0;
            case "awslc_api_atleast", "awslc_api_before", "defined", "enabled", "feature", "openssl_version_atleast",
                    "openssl_version_before", "ssllib_name_startswith", "version_atleast", "version_before" -> 1;
            case "streq", "strneq", "strstr" -> 2;
            default -> -1;
        };
    }

    /** 1 for true, 0 for false, {@link #INVALID}. */
    static int evaluate(String name, List<String> arguments, ConditionFacts facts) {
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        return switch (name) {
            case "defined" -> bit(facts.isDefined(first));
            case "enabled" -> bit(facts.isEnabled(first));
            // an empty name is found before any other, as in HAProxy
            case "feature" -> bit(first.isEmpty() || facts.hasFeature(first));
            case "ssllib_name_startswith" -> bit(!facts.tlsLibrary().isEmpty() && facts.tlsLibrary().startsWith(first));
            case "openssl_version_atleast" -> tls(facts, first, true);
            case "openssl_version_before" -> tls(facts, first, false);
            case "version_atleast" -> version(first, true);
            case "version_before" -> version(first, false);
            case "streq" -> bit(first.equals(arguments.get(1)));
            case "strneq" -> bit(!first.equals(arguments.get(1)));
            case "strstr" -> bit(first.contains(arguments.get(1)));
            // fips_mode, awslc_api_*: not this library
            default -> 0;
        };
    }

    /** What is no version is older than any, which HAProxy's users see as: at least, and not before. */
    private static int version(String text, boolean atLeast) {
        Version asked = Version.parse(text);
        return bit(atLeast == (asked == null || Version.CURRENT.compareTo(asked) >= 0));
    }

    private static int tls(ConditionFacts facts, String text, boolean atLeast) {
        Version asked = Version.parseLibrary(text);
        if (asked == null) {
            return INVALID;
        }
        Version running = Version.parseLibrary(facts.tlsVersion());
        return running == null ? 0 : bit(atLeast == running.compareTo(asked) >= 0);
    }

    private static int bit(boolean value) {
        return value ? 1 : 0;
    }
}
