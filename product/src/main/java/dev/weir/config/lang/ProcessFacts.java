package dev.weir.config.lang;

/** Answers from the variables of a configuration and {@link Features}. */
final class ProcessFacts implements ConditionFacts {

    private final Environment variables;

    ProcessFacts(Environment variables) {
        this.variables = variables;
    }

    @Override
    public boolean isDefined(String variable) {
        return variables.isDefined(variable);
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
        return VersionOfOpenSsl.text();
    }

    @Override
    public String tlsVersion() {
        return VersionOfOpenSsl.numbers();
    }
}
