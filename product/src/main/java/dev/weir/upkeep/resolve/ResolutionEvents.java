package dev.weir.upkeep.resolve;

import dev.weir.base.address.Address;
import java.util.List;

/** Hears what became of a name. */
public interface ResolutionEvents {

    /** All addresses that hold now, in the order in which they first came; ports are 0. */
    void addresses(List<Address> addresses);

    /** The name could not be resolved for longer than {@code hold} allows. Said again at each failure after that. */
    void status(DnsStatus status);
}
