package dev.weir.boot;

import dev.weir.net.sys.DescriptorLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system lets the process have. Stateless. */
final class Limits {

    /** Descriptors that are not connections: listeners, logs, loops, the JVM's own. */
    private static final int OWN_DESCRIPTORS = 100;
    /** HAProxy's limit where the system sets none, {@code fd-hard-limit}. */
    private static final long MOST_DESCRIPTORS = 1_048_576;
    private static final int CAUTIOUS = 4096;

    private Limits() {}

    /** Has the process hold that many descriptors; what is wrong, or null. */
    static String raise(int wanted) {
        long refused = DescriptorLimit.set(wanted);
        return refused == 0 ? null : "Cannot raise FD limit to " + wanted + ", limit is " + descriptors() + ".";
    }

    /**
     * How many connections the descriptors suffice for, two each.
     *
     * @param hardLimit {@code fd-hard-limit}, 0 for none
     */
    static int connections(int hardLimit) {
        long descriptors = hardLimit > 0 ? Math.min(hardLimit, descriptors()) : descriptors();
        return (int) Math.max(1, (descriptors - OWN_DESCRIPTORS) / 2);
    }

    /** How many descriptors there may be; the JVM has raised its limit to the hard one. */
    static long descriptors() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith("Max open files")) {
                    String[] words = line.substring("Max open files".length()).strip().split(" +");
                    long hard = words[1].equals("unlimited") ? MOST_DESCRIPTORS : Long.parseLong(words[1]);
                    return Math.min(hard, MOST_DESCRIPTORS);
                }
            }
        } catch (IOException e) {
            return CAUTIOUS;
        }
        return CAUTIOUS;
    }
}
