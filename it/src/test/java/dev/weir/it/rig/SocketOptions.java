package dev.weir.it.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Options of sockets in a running process, as the kernel has them: a copy of the descriptor is taken over with
 * {@code pidfd_getfd}, which needs the right to trace the process. perl is essential in Debian.
 */
public final class SocketOptions {

    private static final String READ = """
            my ($pid, $fd, $level, $option) = @ARGV;
            my $pidfd = syscall(434, $pid + 0, 0);
            my $copy = syscall(438, $pidfd, $fd + 0, 0);
            exit 3 if $copy < 0;
            open(my $socket, "+<&=", $copy) or exit 4;
            my $value = getsockopt($socket, $level, $option);
            print defined $value ? unpack("H*", $value) : "error $!";
            """;
    private static final String LISTENING = "0A";
    private static final int REFUSED = 3;

    private SocketOptions() {}

    /** The option of the listener on that port as a number. */
    public static int listener(Proxy proxy, int port, int level, int option) throws IOException {
        return number(read(proxy, inode(proxy, 1, port, true), level, option));
    }

    /** The option of the connection to that port as a number. */
    public static int connection(Proxy proxy, int peerPort, int level, int option) throws IOException {
        return number(read(proxy, inode(proxy, 2, peerPort, false), level, option));
    }

    /** The option of the listener on that port as text. */
    public static String text(Proxy proxy, int port, int level, int option) throws IOException {
        String hex = read(proxy, inode(proxy, 1, port, true), level, option);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < hex.length() && !hex.startsWith("00", i); i += 2) {
            text.append((char) Integer.parseInt(hex.substring(i, i + 2), 16));
        }
        return text.toString();
    }

    private static int number(String hex) {
        return hex.length() == 8 ? Integer.reverseBytes(Integer.parseUnsignedInt(hex, 16))
                : Integer.parseInt(hex, 16);
    }

    private static String read(Proxy proxy, String inode, int level, int option) throws IOException {
        Finished run = Finished.of(List.of(Tools.need("perl"), "-e", READ, Long.toString(proxy.pid()),
                Integer.toString(descriptor(proxy, inode)), Integer.toString(level), Integer.toString(option)));
        Assumptions.assumeTrue(run.code() != REFUSED, "the descriptors of other processes may not be taken over");
        if (run.code() != 0 || run.out().isEmpty()) {
            throw new AssertionError(run.code() + run.out() + run.err());
        }
        return run.out();
    }

    private static int descriptor(Proxy proxy, String inode) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + proxy.pid() + "/fd"))) {
            for (Path file : all.toList()) {
                if (Files.exists(file) && Files.readSymbolicLink(file).toString().equals("socket:[" + inode + "]")) {
                    return Integer.parseInt(file.getFileName().toString());
                }
            }
        } catch (java.nio.file.AccessDeniedException e) {
            Assumptions.abort("the descriptors of other processes may not be seen");
        }
        throw new AssertionError("no socket with inode " + inode);
    }

    /** Of the socket of the process in whose line of the kernel's table that field has the port. */
    private static String inode(Proxy proxy, int field, int port, boolean listening) throws IOException {
        String wanted = ":%04X".formatted(port);
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/" + proxy.pid() + "/net/" + table))) {
                String[] fields = line.trim().split("\\s+");
                boolean fits = fields[field].endsWith(wanted) && fields[3].equals(LISTENING) == listening;
                if (fits && (listening || !fields[1].endsWith(wanted)) && !fields[9].equals("0")) {
                    return fields[9];
                }
            }
        }
        throw new AssertionError("no such socket on port " + port);
    }
}
