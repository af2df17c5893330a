package dev.weir.boot;

import dev.weir.net.sys.Detached;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Going into the background. Java cannot fork: the process starts itself once more, in a session of its own and with all
 * descriptors, waits until that one serves or has failed, and ends with its result. What is said on the way is said by
 * the one that stays.
 */
final class Daemon {

    /** Names the pipe by which the process in the background says that it serves. */
    private static final String VARIABLE = "WEIR_READY_FD";
    private static final int READY = 1;

    private Daemon() {}

    /** Whether this is the process in the background. */
    static boolean isBackground() {
        return System.getenv(VARIABLE) != null;
    }

    /** Starts the other process and waits for it; its exit code, or -1 when it could not be started. */
    static int spawn() {
        int[] pipe = Detached.pipe();
        if (pipe == null) {
            return -1;
        }
        try {
            List<byte[]> environment = new ArrayList<>();
            System.getenv().forEach((name, value) -> environment.add(variable(name, value)));
            environment.add(variable(VARIABLE, Integer.toString(pipe[1])));
            Path self = Path.of("/proc/self/exe").toRealPath();
            long pid = Detached.start(self.toString(), ownArguments(), environment);
            Detached.close(pipe[1]);
            if (pid < 0) {
                return -1;
            }
            return Detached.readByte(pipe[0]) == READY ? 0 : 1;
        } catch (IOException e) {
            return -1;
        }
    }

    private static byte[] variable(String name, String value) {
        return (name + "=" + value).getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> ownArguments() throws IOException {
        byte[] line = Files.readAllBytes(Path.of("/proc/self/cmdline"));
        List<byte[]> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == 0) {
                words.add(java.util.Arrays.copyOfRange(line, from, i));
                from = i + 1;
            }
        }
        return words;
    }

    /** In the background: lets go of the terminal and tells who waits that we serve. */
    static void ready() {
        int pipe = Integer.parseInt(System.getenv(VARIABLE));
        try (RandomAccessFile nothing = new RandomAccessFile("/dev/null", "rw")) {
            int descriptor = jdk.internal.access.SharedSecrets.getJavaIOFileDescriptorAccess().get(nothing.getFD());
            for (int standard = 0; standard <= 2; standard++) {
                Detached.duplicate(descriptor, standard);
            }
        } catch (IOException e) {
            // without /dev/null the terminal stays open: no reason not to serve
        }
        Detached.writeByte(pipe, READY);
        Detached.close(pipe);
    }
}
