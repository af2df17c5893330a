package dev.weir.flow.drive;

import dev.weir.flow.rule.RuleSet;
import dev.weir.flow.rule.Verdict;

/** The way of a TCP session up to the choice of a server: rules on its first bytes, and the backend. */
final class TunnelRoad extends Road<TunnelRoad.Phase> {

    /** The stops in their order. */
    enum Phase { FRONT_CONTENT, SWITCH, BACK_CONTENT, DISPATCH, OVER }

    private static final Phase[] PHASES = Phase.values();

    private final Tunnel owner;
    private BackendProgram back;

    TunnelRoad(Tunnel owner, ExchangeContext context, FrontendProgram front) {
        super(context, front, PHASES);
        this.owner = owner;
    }

    boolean isFinal() {
        return isDelayOver() || owner.hasAllItCan();
    }

    @Override
    void arrive() {
        owner.dispatch(back);
    }

    @Override
    boolean enter(Phase phase) {
        return switch (phase) {
            case FRONT_CONTENT -> content(front.rules().content(), front.times().inspect());
            case SWITCH -> switches();
            case BACK_CONTENT -> content(front.isSameAs(back) ? RuleSet.EMPTY : back.rules().content(), back.times().inspect());
            default -> false;
        };
    }

    private boolean content(RuleSet rules, int inspectMs) {
        if (rules.isEmpty()) {
            return next();
        }
        Verdict verdict = inspect(rules, inspectMs);
        if (verdict == Verdict.WAIT) {
            return false;
        }
        inspected();
        switch (verdict) {
            case CONTINUE, STOP, CLOSE -> {
                return next();
            }
            case SWITCH -> {
                abandon();
                owner.upgrade(null);
            }
            default -> {
                abandon();
                context.countDenied();
                owner.deny(verdict == Verdict.VANISH);
            }
        }
        return false;
    }

    private boolean switches() {
        back = front.routes().choose(context);
        if (back == null) {
            abandon();
            owner.noBackend();
            return false;
        }
        if (back.speaksHttp()) {
            abandon();
            owner.upgrade(back);
            return false;
        }
        exchange().enterBackend(back.backend());
        context.entered(back);
        return next();
    }
}
