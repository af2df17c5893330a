package dev.weir.it.rig;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The programs of the machine that cases may use. */
public final class Tools {

    private Tools() {}

    /** The program's path, or null when it is not there. Looks in the places of system programs too. */
    public static Path find(String program) {
        for (String directory : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":")) {
            Path path = Path.of(directory, program);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        return null;
    }

    /** Skips the running case when the program is not there. */
    public static String need(String program) {
        Path path = find(program);
        Assumptions.assumeTrue(path != null, () -> program + " is not installed");
        return path.toString();
    }
}
