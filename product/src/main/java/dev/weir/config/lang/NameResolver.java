package dev.weir.config.lang;

import dev.weir.base.address.Address;
import java.util.List;

/** Finds the addresses of host names that must be known while the configuration is read: binds, logs, sources. */
public interface NameResolver {

    /** All addresses, with port 0, in the system's order; empty when the name does not resolve. */
    List<Address> resolve(String host);
}
