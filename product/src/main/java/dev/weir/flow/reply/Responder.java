package dev.weir.flow.reply;

/** Answers requests by itself: the statistics page, a monitor. Called on workers; keeps no state of theirs. */
public interface Responder {

    /** The answer, or null when this request is not for this responder. */
    Reply answer(Request request);

    /** Whether its answers are worth a log line. */
    default boolean isLogged() {
        return true;
    }
}
