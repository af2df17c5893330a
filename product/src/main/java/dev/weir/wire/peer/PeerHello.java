package dev.weir.wire.peer;

/**
 * The three lines with which a caller begins.
 *
 * @param minor of the version, whose major is 2
 * @param called the name of whom it calls
 * @param caller its own name
 */
public record PeerHello(int minor, String called, String caller, long pid) {

    public static final int MINOR = 1;
    private static final String PROTOCOL = "HAProxyS";
    private static final int MAJOR = 2;

    public void write(PeerOutput out) {
        out.put(PROTOCOL + " " + MAJOR + "." + minor + "\n" + called + "\n" + caller + " " + pid + " 1\n");
    }

    /** What is wrong with the first line, or null; {@link #minorOf} then says its version. */
    public static PeerStatus faultOf(String line) {
        if (!line.startsWith(PROTOCOL + " ")) {
            return PeerStatus.PROTOCOL_ERROR;
        }
        return minorOf(line) < 0 ? PeerStatus.BAD_VERSION : null;
    }

    /** The minor version of a first line that is right; -1 for one that we do not speak. */
    public static int minorOf(String line) {
        String version = line.substring(PROTOCOL.length() + 1);
        for (int minor = 0; minor <= MINOR; minor++) {
            if (version.equals(MAJOR + "." + minor)) {
                return minor;
            }
        }
        return -1;
    }

    /** The name in the third line, or null when the line is not one. */
    public static String callerOf(String line) {
        int blank = line.indexOf(' ');
        return blank <= 0 ? null : line.substring(0, blank);
    }
}
