package dev.weir.flow.drive;

import dev.weir.flow.expr.ProcessFacts;
import dev.weir.model.stick.StatusCodes;
import dev.weir.model.value.VariableBudget;
import dev.weir.model.value.Variables;
import dev.weir.model.value.Workspace;

/**
 * What the rules of one worker share. Worker-owned.
 *
 * @param variables those of the process
 * @param budget what variables may take in all
 * @param limits what those of a session, a transaction, a request or response may take, 0 for any amount
 */
public record RuleKit(Workspace workspace, ProcessFacts process, Variables variables, VariableBudget budget,
        Limits limits, Tracking tracking) {

    /**
     * How entries of stick tables are tracked.
     *
     * @param counters how many at once
     * @param errors which answers count as the client's errors, and which as the server's failures
     */
    public record Tracking(int counters, StatusCodes errors, StatusCodes failures) {}


    /** The {@code tune.vars.*} settings in bytes. */
    public record Limits(long session, long transaction, long message) {}
}
