package dev.weir.net.mux;

import dev.weir.base.address.Address;

/**
 * What a server connection must be to fit a request: computed once by who wants one. Immutable.
 *
 * @param target the server, by identity
 * @param destination where it is connected to, for servers without an address of their own; else null
 * @param source the address that it must come from, or null
 * @param name the SNI or pool-conn-name, or null
 * @param preamble a number for the PROXY header that it began with, 0 for none
 */
public record PoolKey(IdleShare target, Address destination, Address source, String name, long preamble) {

    /** For a server that every connection is made to alike, but for where it comes from and its name. */
    public static PoolKey of(IdleShare target, Address source, String name) {
        return source == null && name == null ? plain(target) : new PoolKey(target, null, source, name, 0);
    }

    /** For a plain server: every connection to it fits. */
    public static PoolKey plain(IdleShare target) {
        return target.plainKey();
    }
}
