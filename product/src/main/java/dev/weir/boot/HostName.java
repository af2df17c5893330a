package dev.weir.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's name, from where the kernel shows it: asking the resolver could take seconds. Stateless. */
final class HostName {

    private HostName() {}

    static String get() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
