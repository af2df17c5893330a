package dev.weir.upkeep.resolve;

import dev.weir.base.address.Address;

/**
 * One SRV record (RFC 2782). Immutable.
 *
 * @param address what came with the answer for the target, or {@link Address#NONE}
 */
record ServiceRecord(int priority, int weight, int port, String target, Address address) {

    private static final int PER_UNIT = 256;

    /** Weights of records go to 65535, those of servers to 256. */
    int serverWeight() {
        return (weight + PER_UNIT - 1) / PER_UNIT;
    }

    /** What tells it from others: an answer with another weight speaks of the same instance. */
    String instance() {
        return instance(target, port);
    }

    static String instance(String target, int port) {
        return target + ":" + port;
    }

    ServiceRecord at(Address found) {
        return new ServiceRecord(priority, weight, port, target, found);
    }
}
