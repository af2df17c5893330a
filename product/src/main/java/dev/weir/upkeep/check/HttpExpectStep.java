package dev.weir.upkeep.check;

/** Waits for the answer to a request and judges its status, its headers or its body. */
public record HttpExpectStep(HttpMatch match, Expectation terms, String called) implements CheckStep {

    private static final int NOT_FOUND = 404;

    @Override
    public Progress run(CheckRun run) {
        HttpAnswer answer = run.answer();
        if (answer.isBroken() || !answer.hasHead() && run.hasEnded()) {
            return run.over(CheckResult.of(CheckStatus.L7_RESPONSE, ""));
        } else if (!answer.hasHead()) {
            return Progress.WAIT;
        }
        if (answer.status() == NOT_FOUND && run.mayStop()) {
            return run.over(new CheckResult(CheckStatus.L7_OK_CONDITIONALLY, NOT_FOUND, ""));
        }
        return judge(run, answer);
    }

    private Progress judge(CheckRun run, HttpAnswer answer) {
        boolean last = answer.isComplete() || run.hasEnded();
        if (match.needsBody()) {
            if (!last && answer.bodyLength() < Math.max(1, terms.minimum())) {
                return Progress.WAIT;
            } else if (answer.bodyLength() == 0) {
                return failed(run, "HTTP content check could not find a response body", CheckStatus.L7_RESPONSE);
            }
        }
        Match.Found found = match.in(run.context(), answer);
        if (found == Match.Found.NO && match.needsBody() && !last && terms.minimum() < 0) {
            return Progress.WAIT;
        }
        if (found == Match.Found.YES ^ terms.inverse()) {
            return Progress.NEXT;
        }
        String content = terms.inverse() ? "HTTP check matched unwanted content" : "HTTP content check did not match";
        return match.needsBody() ? failed(run, content, CheckStatus.L7_RESPONSE)
                : failed(run, answer.reason(), CheckStatus.L7_STATUS);
    }

    private Progress failed(CheckRun run, String otherwise, CheckStatus usual) {
        return run.over(terms.missed(run.context(), usual, run.answer().status(), otherwise));
    }

    @Override
    public String comment() {
        return terms.comment();
    }

    @Override
    public String called() {
        return "expect " + called;
    }

    @Override
    public CheckStatus timeoutStatus() {
        return terms.timeout();
    }

    @Override
    public CheckResult conclude(CheckRun run) {
        return terms.met(run.context(), run.answer().status(), "");
    }
}
