package dev.weir.net.sys;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process's working directory, which Java cannot change. Stateless. */
public final class WorkingDirectory {

    private WorkingDirectory() {}

    /** Its absolute name. */
    public static String current() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/cwd")).toString();
        } catch (IOException e) {
            return "/";
        }
    }

    /** Changes it; relative names that Java hands to the system are resolved there from then on. */
    public static boolean change(String path) {
        try (Arena arena = Arena.ofConfined()) {
            return Files.isDirectory(Path.of(path))
                    && Sys.call(Sys.Call.CHDIR, arena.allocateFrom(path).address(), 0, 0) == 0;
        }
    }
}
