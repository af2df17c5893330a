package dev.weir.config.compile;

/** The kinds of section a configuration file has. */
public enum Section {
    GLOBAL("global", 'G'),
    DEFAULTS("defaults", 'D'),
    FRONTEND("frontend", 'F'),
    BACKEND("backend", 'B'),
    LISTEN("listen", 'L'),
    PEERS("peers", 'P'),
    RESOLVERS("resolvers", 'R'),
    USERLIST("userlist", 'U'),
    MAILERS("mailers", 'M'),
    HTTP_ERRORS("http-errors", 'E'),
    CACHE("cache", 'C'),
    RING("ring", 'I'),
    LOG_FORWARD("log-forward", 'W'),
    LOG_PROFILE("log-profile", 'O'),
    FCGI_APP("fcgi-app", 'A'),
    CRT_STORE("crt-store", 'S'),
    ACME("acme", 'X'),
    TRACES("traces", 'T'),
    HEALTHCHECK("healthcheck", 'H'),
    NAMESPACE_LIST("namespace_list", 'Q'),
    /** Removed after 3.2. */
    PROGRAM("program", 'Z');

    private final String word;
    private final char letter;

    Section(String word, char letter) {
        this.word = word;
        this.letter = letter;
    }

    /** The word that opens it. */
    public String word() {
        return word;
    }

    /** What keyword tables call it. */
    char letter() {
        return letter;
    }

    public boolean isProxy() {
        return this == FRONTEND || this == BACKEND || this == LISTEN;
    }

    /** Whether it is kept as words ({@link SectionSpec}). */
    public boolean isOther() {
        return this != GLOBAL && this != RESOLVERS && !sharesProxyWords();
    }

    /** Whether its keywords are those of proxies. */
    boolean sharesProxyWords() {
        return isProxy() || this == DEFAULTS;
    }

    /** The section that a word opens, or null. */
    public static Section opened(String by) {
        return switch (by) {
            case "global" -> GLOBAL;
            case "defaults" -> DEFAULTS;
            case "frontend" -> FRONTEND;
            case "backend" -> BACKEND;
            case "listen" -> LISTEN;
            case "peers" -> PEERS;
            case "resolvers" -> RESOLVERS;
            case "userlist" -> USERLIST;
            case "mailers" -> MAILERS;
            case "http-errors" -> HTTP_ERRORS;
            case "cache" -> CACHE;
            case "ring" -> RING;
            case "log-forward" -> LOG_FORWARD;
            case "log-profile" -> LOG_PROFILE;
            case "fcgi-app" -> FCGI_APP;
            case "crt-store" -> CRT_STORE;
            case "acme" -> ACME;
            case "traces" -> TRACES;
            case "healthcheck" -> HEALTHCHECK;
            case "namespace_list" -> NAMESPACE_LIST;
            case "program" -> PROGRAM;
            default -> null;
        };
    }
}
