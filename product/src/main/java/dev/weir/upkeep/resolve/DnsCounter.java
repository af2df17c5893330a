package dev.weir.upkeep.resolve;

/** What is counted per name server, named as in {@code show stat domain resolvers}; the ordinal is the column's order. */
public enum DnsCounter {
    SENT, SEND_ERROR, VALID, UPDATE, CNAME, CNAME_ERROR, ANY_ERR, NX, TIMEOUT, REFUSED, OTHER, INVALID, TOO_BIG, TRUNCATED,
    OUTDATED
}
