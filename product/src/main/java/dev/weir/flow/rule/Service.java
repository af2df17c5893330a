package dev.weir.flow.rule;

import dev.weir.flow.reply.Reply;
import dev.weir.wire.http.Head;
import java.util.function.Consumer;

/**
 * Answers requests in place of a server: the statistics page, the exporter of metrics. What it says passes the rules about
 * answers and the filters. Immutable; called on workers.
 */
public interface Service {

    /** As logs name it, where a server's name would stand. */
    byte[] name();

    /** Whether this request, to a proxy that has the service, is for it. */
    default boolean isFor(Head request) {
        return true;
    }

    /** Rules that requests for it pass first. */
    default RuleSet rules() {
        return RuleSet.EMPTY;
    }

    /** Whether it reads the body of that request: as much as fits is waited for. */
    default boolean reads(Head request) {
        return false;
    }

    /** Whether http-response rules look at its answers; those of http-after-response always do. */
    boolean passesResponseRules();

    /**
     * The answer, or null when {@code later} will be given it, on the exchange's worker.
     *
     * @param later hears nothing of an answer that comes when nobody waits any more
     */
    Reply answer(RuleContext context, Consumer<Reply> later);
}
