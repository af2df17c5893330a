package dev.weir.config.lang;

/**
 * Decides the conditions of files: variables are those of the environment that the files themselves change, everything
 * else is asked of the process.
 *
 * <p>Owner: boot.
 */
public final class EnvironmentConditions implements ConditionEvaluator, ConditionFacts {

    private final Environment environment;
    private final ConditionFacts process;

    public EnvironmentConditions(Environment environment, ConditionFacts process) {
        this.environment = environment;
        this.process = process;
    }

    @Override
    public Result evaluate(String text) {
        Conditions.Outcome outcome = Conditions.evaluate(text, this);
        return new Result(outcome.holds(), outcome.error(), 0);
    }

    @Override
    public boolean isDefined(String variable) {
        return environment.isDefined(variable);
    }

    @Override
    public boolean hasFeature(String name) {
        return process.hasFeature(name);
    }

    @Override
    public boolean isEnabled(String option) {
        return process.isEnabled(option);
    }

    @Override
    public String tlsLibrary() {
        return process.tlsLibrary();
    }

    @Override
    public String tlsVersion() {
        return process.tlsVersion();
    }
}
