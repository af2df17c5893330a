package dev.weir.config.rule;

import dev.weir.flow.expr.ExpressionError;
import dev.weir.upkeep.check.CheckStep;
import dev.weir.upkeep.check.CommentStep;
import dev.weir.upkeep.check.ConnectStep;
import dev.weir.upkeep.check.Expectation;
import dev.weir.upkeep.check.CheckStatus;
import dev.weir.upkeep.check.HttpExpectStep;
import dev.weir.upkeep.check.HttpMatch;
import dev.weir.upkeep.check.HttpRequestSpec;
import dev.weir.upkeep.check.HttpSendStep;
import dev.weir.upkeep.check.VariableStep;
import java.util.ArrayList;
import java.util.List;

/** The steps of a check as its lines give them, in an order that makes sense. */
final class CheckScript {

    private static final String FIRST = "first step MUST also be a 'connect', optionally preceded by a 'set-var', an "
            + "'unset-var' or a 'comment', when there is a 'connect' step in the tcp-check ruleset";
    private static final Expectation USUAL = new Expectation(false, -1, CheckStatus.L7_OK, null,
            CheckStatus.L7_TIMEOUT, null, null, null, null);
    private static final HttpExpectStep GOOD_STATUS = new HttpExpectStep(HttpMatch.status(new int[] {200, 399}), USUAL,
            "HTTP status codes");

    private final List<CheckStep> steps = new ArrayList<>();

    void add(CheckStep step) throws ExpressionError {
        if (step instanceof ConnectStep && !steps.isEmpty() && !(firstThatCounts() instanceof ConnectStep)
                && firstThatCounts() != null) {
            steps.add(step);
            throw new ExpressionError(FIRST);
        }
        if (step instanceof HttpSendStep) {
            CheckStep before = lastThatCounts();
            if (before != null && !(before instanceof ConnectStep)) {
                throw new ExpressionError("unable to add http-check send rule at step " + number()
                        + " (missing connect rule).");
            }
        } else if (step instanceof HttpExpectStep && lastThatCounts() instanceof ConnectStep && hasSent()) {
            throw new ExpressionError("unable to add http-check expect rule at step " + number()
                    + " (missing send rule).");
        }
        steps.add(step);
    }

    private int number() {
        return firstThatCounts() instanceof ConnectStep ? steps.size() : steps.size() + 1;
    }

    private boolean hasSent() {
        return steps.stream().anyMatch(each -> each instanceof HttpSendStep || each instanceof HttpExpectStep);
    }

    private static boolean counts(CheckStep step) {
        return !(step instanceof VariableStep) && !(step instanceof CommentStep);
    }

    private CheckStep firstThatCounts() {
        for (CheckStep step : steps) {
            if (counts(step)) {
                return step;
            }
        }
        return null;
    }

    private CheckStep lastThatCounts() {
        CheckStep last = null;
        for (CheckStep step : steps) {
            last = counts(step) ? step : last;
        }
        return last;
    }

    /** With the connection that goes without saying. */
    List<CheckStep> whole() {
        List<CheckStep> all = new ArrayList<>(steps);
        if (!(firstThatCounts() instanceof ConnectStep)) {
            all.addFirst(ConnectStep.IMPLIED);
        }
        return List.copyOf(all);
    }

    /** The same of HTTP: with the request of the option line, and the usual expectation behind a last request. */
    List<CheckStep> wholeHttp(HttpRequestSpec option, boolean tellsState) {
        List<CheckStep> all = new ArrayList<>(whole());
        boolean asked = false;
        int expected = -1;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof HttpSendStep send) {
                HttpRequestSpec request = asked ? send.request() : send.request().over(option);
                asked = true;
                all.set(i, new HttpSendStep(request, tellsState, send.comment()));
            }
            expected = expected < 0 && all.get(i) instanceof HttpExpectStep ? i : expected;
        }
        if (!asked) {
            all.add(expected < 0 ? all.size() : expected, new HttpSendStep(option, tellsState, null));
        }
        CheckStep last = null;
        for (CheckStep step : all) {
            last = counts(step) ? step : last;
        }
        if (last instanceof HttpSendStep) {
            all.add(GOOD_STATUS);
        }
        return List.copyOf(all);
    }
}
