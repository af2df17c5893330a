package dev.weir.flow.drive;

import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.rule.RuleSet;
import dev.weir.flow.rule.Verdict;

/**
 * A straight line of named stops on the way of a request, an answer or a TCP session. A stop that waits is entered again where
 * it waited; one that answers, refuses or fails ends the road. The last two stops are the arrival and the end. Worker-owned.
 */
abstract class Road<P extends Enum<P>> {

    final ExchangeContext context;
    final FrontendProgram front;
    private final P[] stops;
    private int at;
    private boolean within;
    private long deadlineMs = Timer.NEVER;

    Road(ExchangeContext context, FrontendProgram front, P[] stops) {
        this.context = context;
        this.front = front;
        this.stops = stops;
    }

    /** Does what is to be done at a stop; says whether the road goes on. */
    abstract boolean enter(P stop);

    /** All stops are passed. */
    abstract void arrive();

    final void begin(P first) {
        at = first.ordinal();
        within = false;
        deadlineMs = Timer.NEVER;
        advance();
    }

    final Exchange exchange() {
        return context.record();
    }

    final P stop() {
        return stops[at];
    }

    final boolean isOver() {
        return at >= stops.length - 2;
    }

    final void abandon() {
        at = stops.length - 1;
    }

    /** Goes on until something must be waited for or the road ends. */
    final void advance() {
        if (within) {
            return;
        }
        within = true;
        boolean goesOn = true;
        while (goesOn && !isOver()) {
            goesOn = enter(stops[at]);
        }
        within = false;
        if (at == stops.length - 2) {
            abandon();
            arrive();
        }
    }

    final boolean next() {
        at++;
        context.beginRules();
        return true;
    }

    /** What lies between is passed over. */
    final boolean skipTo(P stop) {
        at = stop.ordinal();
        context.beginRules();
        return true;
    }

    /** Rules on bytes, which may wait for more of them as long as the inspect delay lasts. */
    final Verdict inspect(RuleSet rules, int delayMs) {
        if (deadlineMs == Timer.NEVER && !rules.isEmpty()) {
            deadlineMs = exchange().worker().nowMs() + delayMs;
        }
        context.patient(!isDelayOver());
        Verdict verdict = context.run(rules);
        if (verdict == Verdict.WAIT) {
            context.wakeIn(Math.max(1, deadlineMs - exchange().worker().nowMs()));
        }
        return verdict;
    }

    /** What inspects next has a delay of its own. */
    final void inspected() {
        deadlineMs = Timer.NEVER;
    }

    final boolean isDelayOver() {
        return deadlineMs <= exchange().worker().nowMs();
    }
}
