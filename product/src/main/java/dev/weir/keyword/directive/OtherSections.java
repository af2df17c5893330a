package dev.weir.keyword.directive;

import dev.weir.config.compile.Draft;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.compile.Section;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;

/**
 * The keywords of the sections that are kept as words: their number of arguments and what can be wrong whatever they
 * mean (configuration manual 3.4, 6, 8.3, 10 to 12). One object per kind of section. Boot's thread.
 */
final class OtherSections extends KeywordFamily {

    private final Section section;

    OtherSections(Section section) {
        this.section = section;
    }

    @Override
    public String rows() {
        return switch (section) {
            case USERLIST -> """
                    group 1-* used : ^expects <name> as arguments.
                    user 1-* used : ^expects <name> as arguments.
                    """;
            case MAILERS -> """
                    mailer 2-* ok : expects <name> and <addr>[:<port>] as arguments.
                    timeout 0-* ok
                    """;
            case HTTP_ERRORS -> """
                    errorfile 2-2 used : =errorfile: expects <status_code> and <file> as arguments.
                    """;
            case CACHE -> """
                    early-hints 0-3 used
                    max-age 0-1 used
                    max-object-size 0-1 used
                    max-secondary-entries 0-1 used
                    process-vary 0-1 used
                    total-max-size 0-1 used
                    weir.collapse 1-1 used : expects a time, for how long requests wait for the answer to another.
                    """;
            case FCGI_APP -> """
                    acl 0-* kept
                    docroot 1-1 kept : expects <path> as argument.
                    index 1-1 kept : expects <filename> as argument.
                    log-stderr 1-* kept
                    ~option 0-* kept
                    pass-header 1-* kept : expects <name> as arguments.
                    path-info 1-1 kept : expects <regex> as argument.
                    set-param 2-* kept : expects <name> and <value> as arguments.
                    """;
            case CRT_STORE -> """
                    crt-base 1-1 used
                    key-base 1-1 used
                    load 1-* used
                    """;
            case ACME -> """
                    account-key 1-* kept
                    acme-vars 1-* kept
                    bits 1-* kept
                    challenge 1-* kept
                    challenge-ready 1-* kept
                    contact 1-* kept
                    curves 1-* kept
                    directory 1-* kept
                    dns-delay 1-* kept
                    dns-timeout 1-* kept
                    eab-key-id 1-* kept
                    eab-mac-alg 1-* kept
                    eab-mac-key 1-* kept
                    keytype 1-* kept
                    map 1-* kept
                    profile 1-* kept
                    provider-name 1-* kept
                    reuse-key 1-* kept
                    """;
            case TRACES -> """
                    trace 1-* used
                    """;
            case HEALTHCHECK -> """
                    http-check 1-* used
                    tcp-check 1-* used
                    type 1-* used
                    """;
            case NAMESPACE_LIST -> """
                    namespace 1-1 used
                    """;
            case PROGRAM -> """
                    command 1-* void
                    group 1-* void
                    ~option 1-* void
                    user 1-* void
                    """;
            default -> "";
        };
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        String error = switch (section) {
            case MAILERS -> MailersLines.error(keyword.name(), line, draft);
            case HTTP_ERRORS -> RuleDirectives.isErrorStatus(Numbers.leading(line.word(1))) ? null
                    : "errorfile : status code '" + Numbers.leading(line.word(1)) + "' not handled.";
            case USERLIST -> keyword.name().equals("user") ? user(line) : null;
            case FCGI_APP -> keyword.name().equals("option") ? fcgiOption(line) : null;
            case CACHE -> cache(line, keyword.name());
            case CRT_STORE -> keyword.name().equals("load") ? load(line, draft) : null;
            default -> null;
        };
        if (error != null && section == Section.FCGI_APP && !line.has(1)) {
            line.alertTight(1, error);
        } else if (error != null) {
            line.alert(1, error);
        }
    }

    private static String earlyHints(Statement line) {
        if (!ServerChecks.isOneOf(line.word(1), "on", "off", "only")) {
            return "'early-hints' expects 'on', 'off' or 'only'";
        }
        long share = Numbers.integer(line.word(3), 0);
        return !line.has(2) || line.word(2).equals("ratio") && share >= 1 && share <= 99 ? null
                : "'early-hints' accepts 'ratio' with a percentage between 1 and 99 behind it";
    }

    /** HAProxy only warns here, and some of its warnings end the start. */
    private static String cache(Statement line, String name) {
        String value = line.word(1);
        boolean digits = !value.isEmpty() && Numbers.integer(value, Long.MIN_VALUE) != Long.MIN_VALUE;
        long number = Numbers.leading(value);
        String wrong = name + " wrong value '" + value + "'";
        switch (name) {
            case "total-max-size" -> {
                if (!digits) {
                    line.alertTight(1, wrong);
                } else if (number > 4095) {
                    line.alertTight(1, "\"total-max-size\" (" + number + ") must not be greater than 4095");
                }
            }
            case "max-object-size" -> {
                if (!digits) {
                    line.alertTight(1, wrong);
                }
            }
            case "max-secondary-entries" -> {
                if (!digits || number == 0) {
                    line.alertTight(1, wrong);
                }
            }
            case "max-age" -> {
                if (value.isEmpty()) {
                    line.warnTight(1, "'max-age' expects an age parameter in seconds.");
                }
            }
            case "weir.collapse" -> {
                if (Numbers.millis(value) <= 0) {
                    line.alertTight(1, "'weir.collapse' expects a time, for how long requests wait for the answer to another.");
                }
            }
            case "early-hints" -> {
                String fault = earlyHints(line);
                if (fault != null) {
                    line.alertTight(1, fault);
                }
            }
            case "process-vary" -> {
                if (!value.equals("on") && !value.equals("off")) {
                    line.warnTight(1, "'process-vary' expects \"on\" or \"off\" (enable or disable vary processing).");
                }
            }
            default -> { }
        }
        return null;
    }

    private static String user(Statement line) {
        for (int i = 2; i < line.count(); i += 2) {
            if (!ServerChecks.isOneOf(line.word(i), "password", "insecure-password", "groups")) {
                return "unknown user option '" + line.word(i) + "', expects 'password', 'insecure-password' or "
                        + "'groups'.";
            }
        }
        return null;
    }

    /** Pairs of words; what would fetch or make certificates is refused. */
    private static String load(Statement line, Draft draft) {
        boolean named = false;
        for (int i = 1; i < line.count(); i += 2) {
            String word = line.word(i);
            if (ServerChecks.isOneOf(word, "acme", "domains", "ips", "generate-dummy", "keytype", "bits", "curves")) {
                draft.unbuilt("load ... " + word, false, line.place());
            } else if (!ServerChecks.isOneOf(word, "crt", "key", "ocsp", "issuer", "sctl", "alias", "ocsp-update", "jwt")) {
                return "'load' : unknown keyword '" + word + "'.";
            }
            if (!line.has(i + 1)) {
                return "'load' : missing argument for '" + word + "'.";
            }
            named |= word.equals("crt");
        }
        return named ? null : "'load' : no certificate specified (use 'crt').";
    }

    private static String fcgiOption(Statement line) {
        return switch (line.word(1)) {
            case "get-values", "keep-conn", "max-reqs", "mpxs-conns" -> null;
            case "" -> "'option' expects an option name.";
            default -> "unknown option '" + line.word(1) + "'.";
        };
    }
}
