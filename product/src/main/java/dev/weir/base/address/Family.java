package dev.weir.base.address;

/** What kind of endpoint an {@link Address} is. */
public enum Family {
    /** No address at all: PROXY UNKNOWN, a server whose name is not resolved yet. */
    NONE,
    IPV4,
    IPV6,
    /** A path in the file system. */
    UNIX,
    /** An abstract name padded with zeros to the whole path, as HAProxy's {@code abns@}. */
    ABNS,
    /** An abstract name ended by its length, {@code abnsz@}. */
    ABNSZ,
    /** An inherited descriptor, {@code fd@}: the port field holds its number. */
    FD,
    /** One end of a connected pair over which sockets are passed, {@code sockpair@}. */
    SOCKPAIR,
    /** Reverse HTTP, {@code rhttp@backend/server}. */
    RHTTP;

    public boolean isIp() {
        return this == IPV4 || this == IPV6;
    }

    public boolean isUnix() {
        return this == UNIX || this == ABNS || this == ABNSZ;
    }
}
