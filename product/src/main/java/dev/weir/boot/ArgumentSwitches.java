package dev.weir.boot;

/** The options of the command line that are on or off, and those of the {@code -d} family with what follows them. */
public final class ArgumentSwitches {

    boolean check;
    private boolean verbose;
    private boolean quiet;
    private boolean daemon;
    private boolean foreground;
    private boolean debug;
    private boolean masterWorker;
    private boolean systemdNotify;
    private boolean zeroWarning;
    private boolean diagnostics;
    private boolean ignoreResolution;
    private final StringBuilder lines = new StringBuilder();
    private boolean dumpLibraries;
    private String dumpKeywords;
    private String dumpConfiguration;
    private String archive;
    private String traces;

    /** Takes {@code -q -V -D -W -Ws -4}; false for any other option. */
    boolean set(String word) {
        switch (word.charAt(1)) {
            case 'q' -> quiet = true;
            case 'V' -> verbose = true;
            case 'D' -> daemon = true;
            case 'W' -> {
                masterWorker = true;
                systemdNotify |= word.startsWith("-Ws");
            }
            case '4' -> line("dns-accept-family ipv4");
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Takes what follows {@code -d}; a letter that stands for nothing is plain {@code -d}, as in HAProxy. */
    void debug(String rest) {
        String value = rest.isEmpty() ? "" : rest.substring(1);
        switch (rest.isEmpty() ? 0 : rest.charAt(0)) {
            case 'b' -> foreground = true;
            case 'W' -> zeroWarning = true;
            case 'D' -> diagnostics = true;
            case 'r' -> ignoreResolution = true;
            case 'V' -> line("ssl-server-verify none");
            case 'I' -> line("insecure-fork-wanted");
            case 'e' -> line("noepoll");
            case 'p' -> line("nopoll");
            case 'S' -> line("nosplice");
            case 'G' -> line("nogetaddrinfo");
            case 'R' -> line("noreuseport");
            case 'F' -> line("tune.disable-fast-forward");
            case 'Z' -> line("tune.disable-zero-copy-forwarding");
            case 'T' -> line("noktls");
            case 'L' -> dumpLibraries = true;
            case 'K' -> dumpKeywords = value;
            case 'C' -> dumpConfiguration = value;
            case 'A' -> archive = value;
            case 't' -> traces = value;
            case 'c', 'k', 'v' -> {
                // CPU binding report, kqueue, event ports: nothing of these is here to be turned off
            }
            default -> debug = true;
        }
    }

    private void line(String keyword) {
        lines.append('\t').append(keyword).append('\n');
    }

    /** Lines of a {@code global} section that mean the same as what was given; empty when there are none. */
    public String lines() {
        return lines.toString();
    }

    /** {@code -V}: say that a checked file is valid, and undo {@link #isQuiet()}. */
    public boolean isVerbose() {
        return verbose;
    }

    /** {@code -q} without {@code -V}. */
    public boolean isQuiet() {
        return quiet && !verbose;
    }

    /** {@code -D}, unless {@code -d} or {@code -db} keeps the process in the foreground. */
    public boolean isDaemon() {
        return daemon && !isForeground();
    }

    /** {@code -db} or {@code -d}. */
    public boolean isForeground() {
        return foreground || debug;
    }

    /** {@code -d}: print traffic. */
    public boolean isDebug() {
        return debug;
    }

    /** {@code -W} or {@code -Ws}. */
    public boolean isMasterWorker() {
        return masterWorker;
    }

    /** {@code -Ws}. */
    public boolean isSystemdNotify() {
        return systemdNotify;
    }

    /** {@code -dW}: a warning is fatal. */
    public boolean isZeroWarning() {
        return zeroWarning;
    }

    /** {@code -dD}. */
    public boolean isDiagnostics() {
        return diagnostics;
    }

    /** {@code -dr}: a server whose name does not resolve is no error. */
    public boolean isIgnoreResolution() {
        return ignoreResolution;
    }

    /** {@code -dL}. */
    public boolean isDumpLibraries() {
        return dumpLibraries;
    }

    /** The classes named behind {@code -dK}, or null. */
    public String dumpKeywords() {
        return dumpKeywords;
    }

    /** The key behind {@code -dC}, empty without one, or null. */
    public String dumpConfiguration() {
        return dumpConfiguration;
    }

    /** The file behind {@code -dA}, or null. */
    public String archive() {
        return archive;
    }

    /** The trace descriptions behind {@code -dt}, or null. */
    public String traces() {
        return traces;
    }
}
