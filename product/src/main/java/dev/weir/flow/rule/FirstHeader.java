package dev.weir.flow.rule;

/** The header that a connection must begin with, as the rules about it say. */
public enum FirstHeader {
    NONE, PROXY, NETSCALER
}
