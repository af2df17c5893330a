package dev.weir.flow.expr;

import dev.weir.base.address.Address;
import dev.weir.model.value.Sample;
import dev.weir.net.tls.TlsFacts;

/** What expressions can ask about a connection, on either side. */
public interface ConnectionFacts {

    /** For numbers that do not exist. */
    long NONE = Long.MIN_VALUE;

    /** The numbers; times of the kernel are in microseconds. */
    enum Number {
        HTTP_MAJOR, GLITCHES, STREAMS, STREAM_LIMIT, RTT, RTT_VARIANCE, UNACKED, SACKED, LOST, RETRANSMITS, FACKETS,
        REORDERING, STREAM_ID, RESET_CODE
    }

    /** Who dialled, as rules may have changed it. */
    Address source();

    /** Who was dialled, as rules may have changed it. */
    Address destination();

    /** Before rules on requests and streams. */
    Address originalSource();

    Address originalDestination();

    /** Whether that address is one of this machine's. */
    boolean isLocal(Address address);

    /** 0 without one; else the number in configuration.txt's table at {@code fc_err_str}. */
    int error();

    boolean receivedProxyHeader();

    boolean isReused();

    long number(Number which);

    /** Whether the peer has put an end to the exchange before its time. */
    default boolean isAborted() {
        return false;
    }

    /** The value of a field of the PROXY header; the occurrence counts from 0. */
    boolean proxyField(int type, int occurrence, Sample out);

    /** What is known of its encryption, or null when it is in clear. */
    default TlsFacts tls() {
        return null;
    }

    /** The client's SYN packet. */
    boolean savedSyn(Sample out);
}
