package dev.weir.flow.rule;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import java.util.function.Consumer;

/** Finds the addresses of names for rules, as the resolvers sections of the process do. From any thread. */
@FunctionalInterface
public interface NameLookups {

    NameLookups NONE = (section, name, preferred, answered) -> answered.accept(null);

    /**
     * Looks for an address of a name.
     *
     * @param section the resolvers section that is asked
     * @param preferred the family to ask for first
     * @param answered is told the address, or null for none, once and on any thread
     */
    void find(String section, String name, Family preferred, Consumer<Address> answered);
}
