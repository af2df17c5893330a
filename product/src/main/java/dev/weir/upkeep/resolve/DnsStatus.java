package dev.weir.upkeep.resolve;

/** How an answer or a whole resolution ended. */
public enum DnsStatus {
    VALID, NX, REFUSED, TIMEOUT, OTHER
}
