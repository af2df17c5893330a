package dev.weir.base.log;

/** The severities of syslog, the ordinal being the number on the wire. */
public enum LogLevel {
    EMERG, ALERT, CRIT, ERR, WARNING, NOTICE, INFO, DEBUG
}
