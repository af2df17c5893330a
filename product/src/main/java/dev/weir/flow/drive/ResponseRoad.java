package dev.weir.flow.drive;

import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.flow.rule.RuleSet;
import dev.weir.flow.rule.Verdict;

/** The way of a server's answer up to the client: the backend's rules, then the frontend's. Worker-owned. */
final class ResponseRoad {

    /** The stops in their order. */
    private enum Phase { BACK_CONTENT, FRONT_CONTENT, BACK_RESPONSE, FRONT_RESPONSE, COOKIE, AFTER_BACK, AFTER_FRONT, FORWARD, OVER }

    private static final Phase[] PHASES = Phase.values();

    private final HttpExchange owner;
    private final ExchangeContext context;
    private final Exchange exchange;
    private final FrontendProgram front;
    private final ProxyRules frontRules;
    private final BackendProgram back;
    private int at;
    private boolean within;
    private long contentDeadlineMs = Timer.NEVER;

    ResponseRoad(HttpExchange owner, ExchangeContext context, FrontendProgram front, BackendProgram back) {
        this.owner = owner;
        this.context = context;
        this.exchange = context.record();
        this.front = front;
        this.back = back;
        boolean same = back.backend().spec() == front.frontend().spec();
        this.frontRules = same ? ProxyRules.NONE : front.rules();
    }

    /** Whether any of these proxies has rules about answers. */
    static boolean isNeeded(FrontendProgram front, BackendProgram back) {
        return has(front.rules()) || has(back.rules()) || back.http().cookie() != null;
    }

    private static boolean has(ProxyRules rules) {
        return !rules.response().isEmpty() || !rules.afterResponse().isEmpty() || !rules.responseContent().isEmpty();
    }

    boolean isOver() {
        return at >= Phase.FORWARD.ordinal();
    }

    boolean isFinal() {
        return at > Phase.FRONT_CONTENT.ordinal() || contentDeadlineMs <= exchange.worker().nowMs();
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
        if (at == Phase.FORWARD.ordinal()) {
            at = Phase.OVER.ordinal();
            owner.forward();
        }
    }

    private boolean enter(Phase phase) {
        return switch (phase) {
            case BACK_CONTENT -> content(back.rules().responseContent(), back.times().inspect());
            case FRONT_CONTENT -> content(frontRules.responseContent(), front.times().inspect());
            case BACK_RESPONSE -> decide(context.run(back.rules().response()));
            case FRONT_RESPONSE -> decide(context.run(frontRules.response()));
            case COOKIE -> cookie();
            case AFTER_BACK -> decide(context.run(back.rules().afterResponse()));
            case AFTER_FRONT -> decide(context.run(frontRules.afterResponse()));
            default -> false;
        };
    }

    private boolean cookie() {
        if (back.http().cookie() != null) {
            back.http().cookie().answer(context, context.cookie(), back.ignoresPersistence(context));
        }
        at++;
        return true;
    }

    private boolean content(RuleSet rules, int inspectMs) {
        if (!rules.isEmpty() && contentDeadlineMs == Timer.NEVER) {
            contentDeadlineMs = exchange.worker().nowMs() + inspectMs;
        }
        Verdict verdict = context.run(rules);
        if (verdict == Verdict.WAIT) {
            owner.wakeIn(Math.max(1, contentDeadlineMs - exchange.worker().nowMs()));
        }
        return decide(verdict);
    }

    private boolean decide(Verdict verdict) {
        switch (verdict) {
            case CONTINUE, STOP, SWITCH, CLOSE -> {
                at++;
                context.beginRules();
                return true;
            }
            case WAIT -> {
                return false;
            }
            case REPLY -> owner.replyInstead(context.reply(), context.cause(), context.moment());
            case REJECT -> {
                context.countDenied();
                owner.replyInstead(context.errorPage(502), 'P', 'H');
            }
            case VANISH -> {
                context.countDenied();
                owner.drop('P', 'H', true);
            }
            case FAIL -> owner.replyInstead(context.errorPage(500), 'P', 'H');
        }
        at = Phase.OVER.ordinal();
        return false;
    }
}
