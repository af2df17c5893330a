package dev.weir.config.lang;

/** What a condition can ask about the process it runs in. */
public interface ConditionFacts {

    /** Whether an environment variable exists, whatever it holds. */
    boolean isDefined(String variable);

    /** Whether {@code -vv} lists the feature after a plus sign. */
    boolean hasFeature(String name);

    /** Whether a run-time option as EPOLL or SPLICE is in force. */
    boolean isEnabled(String option);

    /** The TLS library's name, or empty while there is none. */
    String tlsLibrary();

    /** The TLS library's version as three numbers, or empty while there is none. */
    String tlsVersion();

    /** The facts of this build with these variables, and the options of a plain start. */
    static ConditionFacts of(Environment variables) {
        return new ProcessFacts(variables);
    }
}
