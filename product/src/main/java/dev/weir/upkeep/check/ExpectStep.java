package dev.weir.upkeep.check;

/**
 * Waits for an answer and looks for something in it.
 *
 * @param least how many bytes the pattern itself has, 0 when that is not known
 * @param called what the pattern is: {@code string 'hello'}
 * @param failing the same as messages about what was not found name it: {@code 'hello'}
 */
public record ExpectStep(Match match, Expectation terms, int least, String called, String failing)
        implements CheckStep {

    @Override
    public Progress run(CheckRun run) {
        if (run.isEmpty() && run.hasEnded()) {
            return run.emptyAnswer(this, errorStatus());
        }
        boolean last = run.isComplete();
        if (!last && (run.length() < Math.max(1, Math.max(least, terms.minimum())))) {
            return Progress.WAIT;
        }
        Match.Found found = match.in(run.context(), run.bytes(), run.length());
        if (found == Match.Found.NO_PATTERN) {
            return run.over(CheckResult.of(errorStatus(), terms.withComment(
                    "Failed to parse hexastring resulting of eval of a log-format string")));
        }
        if (found == Match.Found.NO && !last && terms.minimum() < 0) {
            return Progress.WAIT;
        }
        return found == Match.Found.YES ^ terms.inverse() ? Progress.NEXT : failed(run);
    }

    private Progress failed(CheckRun run) {
        String info = (terms.inverse() ? "TCPCHK matched unwanted content " : "TCPCHK did not match content ") + failing
                + " at step " + run.number();
        return run.over(terms.missed(run.context(), CheckStatus.L7_RESPONSE, 0, info));
    }

    private CheckStatus errorStatus() {
        return terms.errorOr(CheckStatus.L7_RESPONSE);
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
        return terms.met(run.context(), 0, "(tcp-check)");
    }
}
