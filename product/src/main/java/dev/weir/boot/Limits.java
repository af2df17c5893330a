package dev.weir.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system lets the process have. Stateless. */
final class Limits {

    /** Descriptors that are not connections: listeners, logs, loops, the JVM's own. */
    private static final int OWN_DESCRIPTORS = 100;
    /** HAProxy's limit where the system sets none, {@code fd-hard-limit}. */
    private static final long MOST_DESCRIPTORS = 1_048_576;
    private static final int CAUTIOUS = 2000;

    private Limits() {}

    /** How many connections the descriptors suffice for, two each; the JVM has raised its limit to the hard one. */
    static int connections() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith("Max open files")) {
                    String[] words = line.substring("Max open files".length()).strip().split(" +");
                    long hard = words[1].equals("unlimited") ? MOST_DESCRIPTORS : Long.parseLong(words[1]);
                    return (int) Math.max(1, (Math.min(hard, MOST_DESCRIPTORS) - OWN_DESCRIPTORS) / 2);
                }
            }
        } catch (IOException e) {
            return CAUTIOUS;
        }
        return CAUTIOUS;
    }
}
