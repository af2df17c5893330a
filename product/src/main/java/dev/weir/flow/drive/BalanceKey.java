package dev.weir.flow.drive;

/** The hash of what an exchange is balanced by, for the algorithms that have a key. Immutable. */
public interface BalanceKey {

    /** For an exchange that has no key: servers are taken in turn. */
    long NONE = -1;

    /** 32 bits without a sign, or {@link #NONE}. */
    long hash(ExchangeContext context);
}
