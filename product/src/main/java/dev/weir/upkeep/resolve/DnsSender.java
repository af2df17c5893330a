package dev.weir.upkeep.resolve;

import io.netty.buffer.ByteBuf;

/** Sends a question to one name server of a section, by its place there. */
@FunctionalInterface
public interface DnsSender {

    /** Takes the buffer; false when it could not be sent. Over TCP the length before the message is the sender's. */
    boolean send(int nameserver, ByteBuf message);

    /** The same over TCP, for an answer that was cut (RFC 7766, 5). False where there is no such way. */
    default boolean sendOverTcp(int nameserver, ByteBuf message) {
        message.release();
        return false;
    }
}
