package dev.weir.flow.drive;

import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.flow.rule.RuleSet;
import dev.weir.flow.rule.Verdict;

/** The way of a TCP session up to the choice of a server: rules on its first bytes, and the backend. Worker-owned. */
final class TunnelRoad {

    /** The stops in their order. */
    private enum Phase { FRONT_CONTENT, SWITCH, BACK_CONTENT, DISPATCH, OVER }

    private static final Phase[] PHASES = Phase.values();

    private final Tunnel owner;
    private final ExchangeContext context;
    private final FrontendProgram front;
    private final Exchange exchange;
    private BackendProgram back;
    private int at;
    private boolean within;
    private long deadlineMs = Timer.NEVER;

    TunnelRoad(Tunnel owner, ExchangeContext context, FrontendProgram front) {
        this.owner = owner;
        this.context = context;
        this.front = front;
        this.exchange = context.record();
    }

    boolean isOver() {
        return at >= Phase.DISPATCH.ordinal();
    }

    void abandon() {
        at = Phase.OVER.ordinal();
    }

    boolean isFinal() {
        return deadlineMs <= exchange.worker().nowMs() || owner.hasAllItCan();
    }

    void advance() {
        if (within) {
            return;
        }
        within = true;
        boolean goesOn = true;
        while (goesOn && !isOver()) {
            goesOn = enter(PHASES[at]);
        }
        within = false;
        if (at == Phase.DISPATCH.ordinal()) {
            at = Phase.OVER.ordinal();
            owner.dispatch(back);
        }
    }

    private boolean enter(Phase phase) {
        return switch (phase) {
            case FRONT_CONTENT -> content(front.rules().content(), front.times().inspect());
            case SWITCH -> switches();
            case BACK_CONTENT -> content(isSame() ? RuleSet.EMPTY : backRules().content(), back.times().inspect());
            default -> false;
        };
    }

    private boolean isSame() {
        return back.backend().spec() == front.frontend().spec();
    }

    private ProxyRules backRules() {
        return back.rules();
    }

    private boolean content(RuleSet rules, int inspectMs) {
        if (rules.isEmpty()) {
            return next();
        }
        if (deadlineMs == Timer.NEVER) {
            deadlineMs = exchange.worker().nowMs() + inspectMs;
        }
        Verdict verdict = context.run(rules);
        if (verdict == Verdict.WAIT) {
            owner.wakeIn(Math.max(1, deadlineMs - exchange.worker().nowMs()));
            return false;
        }
        deadlineMs = Timer.NEVER;
        switch (verdict) {
            case CONTINUE, STOP, CLOSE -> {
                return next();
            }
            case SWITCH -> {
                at = Phase.OVER.ordinal();
                owner.upgrade(null);
            }
            default -> {
                at = Phase.OVER.ordinal();
                context.countDenied();
                owner.deny(verdict == Verdict.VANISH);
            }
        }
        return false;
    }

    private boolean next() {
        at++;
        context.beginRules();
        return true;
    }

    private boolean switches() {
        back = front.routes().choose(context);
        if (back == null) {
            at = Phase.OVER.ordinal();
            owner.noBackend();
            return false;
        }
        if (back.speaksHttp()) {
            at = Phase.OVER.ordinal();
            owner.upgrade(back);
            return false;
        }
        exchange.enterBackend(back.backend());
        context.entered(back);
        return next();
    }
}
