package dev.weir.upkeep.resolve;

import java.util.List;

/** Hears what became of a name. */
interface ResolutionEvents<R> {

    /** All records that hold now, in the order in which they first came. */
    void records(List<R> records);

    /** The name could not be resolved for longer than {@code hold} allows. Said again at each failure after that. */
    void status(DnsStatus status);

    /** A round of questions has ended without an answer, however long the last one holds. */
    default void inVain() {
        // the next round may bring one
    }
}
