package dev.weir.flow.reply;

import io.netty.buffer.ByteBuf;

/**
 * What a responder answers: a ready head without framing headers, and a body that is asked for piece by piece as the
 * client takes it.
 *
 * @param start the status and reason, such as {@code 200 OK}
 * @param headers complete header lines, each with its line end
 * @param body the body, or null for none
 */
public record Reply(String start, String headers, Body body) {

    /** A body of unknown length. Owned by the worker of the exchange. */
    public interface Body {

        /** Appends the next piece; false when that was the last one. */
        boolean append(ByteBuf out);
    }
}
