package dev.weir.flow.drive;

import dev.weir.flow.exchange.Exchange;

/** The hash of what an exchange is balanced by, for the algorithms that have a key. Immutable. */
public interface BalanceKey {

    int hash(Exchange exchange);
}
