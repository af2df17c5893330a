package dev.weir.flow.drive;

/** The header that every connection of a frontend must begin with, as its rules say. */
public enum FirstHeader {
    NONE, PROXY, NETSCALER
}
