package dev.weir.net.sys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Signals that whoever started the process had ignored, as shells do for jobs in the background: Java leaves them so, and
 * handlers of its own would never be called. Stateless.
 */
public final class SignalDefaults {

    private SignalDefaults() {}

    /** Has the system deliver that signal again; costs nothing where it does. */
    public static void restore(int... signals) {
        long ignored = ignored();
        for (int signal : signals) {
            if ((ignored >>> signal - 1 & 1) != 0) {
                Sys.library("signal", signal, 0, 0);
            }
        }
    }

    private static long ignored() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("SigIgn:")) {
                    return Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16);
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }
}
