package dev.weir.flow.rule;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.net.loop.Worker;

/** A name that a rule had looked up and waits for. An answer to a rule that is gone is lost. Worker-owned. */
public final class Lookup {

    private final RuleContext context;
    private Address address;
    private boolean answered;

    private Lookup(RuleContext context) {
        this.context = context;
    }

    static Lookup begin(RuleContext context, NameLookups lookups, String section, String name, Family preferred) {
        Lookup lookup = new Lookup(context);
        Worker worker = context.record().worker();
        lookups.find(section, name, preferred, found -> worker.execute(() -> lookup.answer(found)));
        return lookup;
    }

    private void answer(Address found) {
        address = found;
        answered = true;
        context.answered(this);
    }

    public boolean isAnswered() {
        return answered;
    }

    /** Null when none was found. */
    public Address address() {
        return address;
    }
}
