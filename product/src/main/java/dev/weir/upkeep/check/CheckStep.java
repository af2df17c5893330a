package dev.weir.upkeep.check;

/** One step of a check: connects, sends, expects, or sets a variable. Immutable: what changes is the {@link CheckRun}. */
public interface CheckStep {

    /** What a step came to: the next one follows, something must happen first, or the check is over. */
    enum Progress { NEXT, WAIT, OVER }

    /** Runs it, again each time that something happened while it waited. */
    Progress run(CheckRun run);

    /** What the operator says about it, or null. */
    default String comment() {
        return null;
    }

    /** How messages name it, in parentheses behind its number; empty when it cannot fail by itself. */
    default String called() {
        return "";
    }

    /** How the check ends when it is time while this step waits. */
    default CheckStatus timeoutStatus() {
        return CheckStatus.L7_TIMEOUT;
    }

    /** What the check comes to when this is its last step and went well; null for what is said of a script. */
    default CheckResult conclude(CheckRun run) {
        return null;
    }
}
