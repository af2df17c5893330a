package dev.weir.flow.drive;

import dev.weir.flow.exchange.Exchange;

/** Is told the moments of a frontend's exchanges that a line may be written at; as it stands it writes none. */
public interface ExchangeLog {

    ExchangeLog NONE = new ExchangeLog() { };

    /** The session has begun. */
    default void accepted(Exchange exchange) {
        // nothing is logged
    }

    /** The server is connected. */
    default void connected(Exchange exchange) {
        // nothing is logged
    }

    /** The head of the request is there. */
    default void requested(Exchange exchange) {
        // nothing is logged
    }

    /** The head of the answer is there, and about to go to the client. */
    default void responded(Exchange exchange) {
        // nothing is logged
    }

    /** All is over, and what was taken of the backend has been given back. */
    default void ended(Exchange exchange) {
        // nothing is logged
    }

    /** A connection ended before it was of use, through its client's silence: no news where such ones are none. */
    default void fellSilent(Exchange exchange, byte[] why) {
        // logs that tell only of exchanges have nothing to say
    }

    /** The connection ended before it became a session, for that reason. */
    default void refused(Exchange exchange, byte[] why) {
        // nothing is logged
    }

    /** A {@code do-log} action stands here: one more line, whatever else is written, as the profile says that it names. */
    default void doLog(Exchange exchange, LogStep origin, String profile) {
        // nothing is logged
    }

    /** How many bytes of a request line are kept for it. */
    default int longestRequestLine() {
        return 1023;
    }
}
