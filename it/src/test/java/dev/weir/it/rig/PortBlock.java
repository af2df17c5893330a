package dev.weir.it.rig;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A part of the ports for each process of cases: two that share a port by accident would get each other's clients, since
 * what they start shares ports. Held by a lock on a file until the process ends.
 */
final class PortBlock {

    /** Kept from the collector, which would close the file and with it the lock. */
    private static FileLock held;

    private PortBlock() {}

    /** The first port of a block that nobody has; of the first when all are taken. */
    static int first(int from, int size, int blocks) {
        for (int i = 0; i < blocks; i++) {
            if (take(Path.of(System.getProperty("java.io.tmpdir"), "weir-it-ports-" + i + ".lock"))) {
                return from + i * size;
            }
        }
        return from;
    }

    /** The lock goes with the process. */
    private static boolean take(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return false;
            }
            held = lock;
            return held.isValid();
        } catch (IOException e) {
            return false;
        }
    }
}
