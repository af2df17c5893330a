package dev.weir.keyword.directive;

import dev.weir.base.address.Family;
import dev.weir.config.lang.ParsedAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the descriptors that a configuration names were handed to the process. Stateless. */
final class Descriptors {

    private Descriptors() {}

    /** What is wrong with an address that is a descriptor, in HAProxy's words; null for all others. */
    static String fault(ParsedAddress parsed) {
        Family family = parsed.address().family();
        if (family != Family.FD && family != Family.SOCKPAIR) {
            return null;
        }
        int number = parsed.address().port();
        String words = words(number);
        return words == null ? null : "cannot use file descriptor '" + number + "' : " + words + ".";
    }

    /** Asked of the system's own list, since a check of a file loads no native code. */
    private static String words(int number) {
        try {
            boolean socket = Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString().startsWith("socket:");
            return socket ? null : "Socket operation on non-socket";
        } catch (IOException e) {
            return "Bad file descriptor";
        }
    }
}
