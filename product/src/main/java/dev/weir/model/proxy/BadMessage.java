package dev.weir.model.proxy;

import dev.weir.base.address.Address;

/**
 * The last message that broke the protocol, as {@code show errors} tells. Immutable.
 *
 * @param number which event it was in this process
 * @param fault the place of the byte at fault
 * @param chunkLeft how much of the chunk under way was to come
 * @param bodyLength how much of the body had come
 * @param backend null when none was chosen
 * @param server null when none was chosen
 */
public record BadMessage(boolean isResponse, long wallMicros, long number, byte[] bytes, int fault, String state,
        long chunkLeft, long bodyLength,
        Address source, Frontend frontend, Backend backend, String server, int serverId) {}
