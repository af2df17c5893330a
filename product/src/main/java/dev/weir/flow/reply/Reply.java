package dev.weir.flow.reply;

import io.netty.buffer.ByteBuf;

/**
 * What a responder answers: the lines of a head, and a body.
 *
 * @param start the status and reason, such as {@code 200 OK}
 * @param headers complete header lines, each with its line end; with the length when the body has one
 * @param body the body
 */
public record Reply(String start, String headers, Body body) {

    /** A body, ready or in the making. */
    public sealed interface Body {}

    /** A ready body, whose length the headers say. */
    public record Whole(byte[] bytes) implements Body {}

    /** A body of unknown length that is asked for piece by piece as the client takes it. One per answer. */
    public non-sealed interface Streamed extends Body {

        /** Appends the next piece; false when that was the last one. */
        boolean append(ByteBuf out);
    }
}
