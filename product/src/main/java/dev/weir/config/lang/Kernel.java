package dev.weir.config.lang;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of itself, as far as that can be read without asking it for anything. */
public final class Kernel {

    /** From 6.1 on, io_uring has all that is used of it, and the faults of its first years are mended. */
    private static final int GOOD_MAJOR = 6;
    private static final int GOOD_MINOR = 1;

    private Kernel() {}

    /** Whether it has an io_uring that may be used; a sandbox may refuse it all the same. */
    public static boolean offersIoUring() {
        return isNewEnough(read("/proc/sys/kernel/osrelease")) && !isSwitchedOff(read("/proc/sys/kernel/io_uring_disabled"));
    }

    static boolean isNewEnough(String release) {
        String[] numbers = release.split("[^0-9]+", 3);
        if (numbers.length < 2 || numbers[0].isEmpty() || numbers[1].isEmpty()) {
            return false;
        }
        int major = Integer.parseInt(numbers[0]);
        return major > GOOD_MAJOR || major == GOOD_MAJOR && Integer.parseInt(numbers[1]) >= GOOD_MINOR;
    }

    /** 1: for others than administrators, 2: for all. Kernels before 6.6 have no such switch. */
    static boolean isSwitchedOff(String said) {
        return !said.isEmpty() && !said.equals("0");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException absent) {
            return "";
        }
    }
}
