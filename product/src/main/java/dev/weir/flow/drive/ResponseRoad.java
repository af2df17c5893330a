package dev.weir.flow.drive;

import dev.weir.flow.cache.SharedCookie;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.flow.rule.Verdict;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;

/** The way of a server's answer up to the client: the backend's rules, then the frontend's. */
final class ResponseRoad extends Road<ResponseRoad.Phase> {

    /** The stops in their order. */
    enum Phase {
        BACK_CONTENT, FRONT_CONTENT, BACK_RESPONSE, FRONT_RESPONSE, COOKIE, AFTER_BACK, AFTER_FRONT, FORWARD, OVER
    }

    private static final Phase[] PHASES = Phase.values();

    private final HttpExchange owner;
    private final ProxyRules frontRules;
    private final ProxyRules backRules;
    private final BackendProgram back;
    private boolean bodyComes;

    /** @param back null where the frontend itself has answered */
    ResponseRoad(HttpExchange owner, ExchangeContext context, FrontendProgram front, BackendProgram back) {
        super(context, front, PHASES);
        this.owner = owner;
        this.back = back;
        this.frontRules = back != null && front.isSameAs(back) ? ProxyRules.NONE : front.rules();
        this.backRules = back == null ? ProxyRules.NONE : back.rules();
    }

    /** From the rules that are run on every answer. */
    void beginAfter() {
        begin(Phase.AFTER_BACK);
    }

    /** Whether any of these proxies has rules about answers. */
    static boolean isNeeded(FrontendProgram front, BackendProgram back) {
        return has(front.rules()) || back != null && (has(back.rules()) || back.http().cookie() != null
                || back.http().servers().sharedCookies() != null);
    }

    private static boolean has(ProxyRules rules) {
        return !rules.response().isEmpty() || !rules.afterResponse().isEmpty() || !rules.responseContent().isEmpty();
    }

    /** From the first rules. */
    void begin(Head answer) {
        bodyComes = answer.framing() != Framing.NONE && (looksAtAnswers(frontRules) || looksAtAnswers(backRules));
        advance();
    }

    private static boolean looksAtAnswers(ProxyRules rules) {
        return !rules.response().isEmpty() || !rules.responseContent().isEmpty() || !rules.afterResponse().isEmpty();
    }

    boolean isFinal() {
        return stop().compareTo(Phase.FRONT_CONTENT) > 0 || isDelayOver();
    }

    @Override
    void arrive() {
        owner.forward();
    }

    @Override
    boolean enter(Phase phase) {
        if (bodyComes) {
            bodyComes = false;
            return awaitTurn();
        }
        return switch (phase) {
            case BACK_CONTENT -> decide(inspect(backRules.responseContent(), back == null ? 0 : back.times().inspect()));
            case FRONT_CONTENT -> decide(inspect(frontRules.responseContent(), front.times().inspect()));
            case BACK_RESPONSE -> decide(context.run(backRules.response()));
            case FRONT_RESPONSE -> decide(context.run(frontRules.response()));
            case COOKIE -> cookie();
            case AFTER_BACK -> decide(context.run(backRules.afterResponse()));
            case AFTER_FRONT -> decide(context.run(frontRules.afterResponse()));
            default -> false;
        };
    }

    private boolean cookie() {
        if (back != null && back.http().cookie() != null) {
            back.http().cookie().answer(context, context.cookie(), back.ignoresPersistence(context));
        }
        ServerTerms.Alarm alarm = back == null ? null : back.http().servers().sharedCookies();
        if (alarm != null && owner.server() != null
                && SharedCookie.isRisked(context.requestHead(), context.responseHead())) {
            alarm.blocked(owner.server());
            return decide(Verdict.REJECT);
        }
        return next();
    }

    private boolean decide(Verdict verdict) {
        switch (verdict) {
            case CONTINUE, STOP, SWITCH, CLOSE -> {
                return next();
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
        abandon();
        return false;
    }
}
