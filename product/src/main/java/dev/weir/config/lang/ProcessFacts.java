package dev.weir.config.lang;

/** Answers from the environment and {@link Features}. Immutable. */
final class ProcessFacts implements ConditionFacts {

    static final ProcessFacts PLAIN = new ProcessFacts();

    @Override
    public boolean isDefined(String variable) {
        return System.getenv(variable) != null;
    }

    @Override
    public boolean hasFeature(String name) {
        return Features.isEnabled(name);
    }

    @Override
    public boolean isEnabled(String option) {
        return switch (option) {
            case "EPOLL", "POLL", "GETADDRINFO", "REUSEPORT", "FAST-FORWARD" -> true;
            case "SPLICE" -> Features.isEnabled("LINUX_SPLICE");
            default -> false;
        };
    }

    @Override
    public String tlsLibrary() {
        return "";
    }

    @Override
    public String tlsVersion() {
        return "";
    }
}
