package dev.weir.base.log;

/** The severities of syslog, the ordinal being the number on the wire. */
public enum LogLevel {
    EMERG, ALERT, CRIT, ERR, WARNING, NOTICE, INFO, DEBUG;

    /** By its name in the configuration, or null. */
    public static LogLevel find(String name) {
        for (LogLevel level : values()) {
            if (level.name().equalsIgnoreCase(name)) {
                return level;
            }
        }
        return null;
    }
}
