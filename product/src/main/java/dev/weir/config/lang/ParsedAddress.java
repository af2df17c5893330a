package dev.weir.config.lang;

import dev.weir.base.address.Address;

/**
 * An address as one word of the configuration gives it. Immutable.
 *
 * @param address where; {@link dev.weir.base.address.Family#NONE} with the port set while only a name is known
 * @param host the name, or null when the address was given as such
 * @param transport what was asked for or is the default of the place
 * @param ports how the port was written
 * @param lastPort the end of a range, else the port
 * @param multipath whether MPTCP was asked for
 */
public record ParsedAddress(Address address, String host, Transport transport, Ports ports, int lastPort,
        boolean multipath) {

    public enum Transport { STREAM, DATAGRAM, QUIC }

    /** {@code NONE}: no port; {@code OFFSET}: the port is a difference to another one. */
    public enum Ports { NONE, FIXED, RANGE, OFFSET }
}
