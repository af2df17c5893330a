package dev.weir.base.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * What a ring holds, in a file that outlives the process ({@code backing-file}): a head of {@value #HEAD_BYTES} bytes with
 * a name of the form and the positions of the oldest message and of the end, then the ring's area. Each message has its
 * length before it, four bytes, the lowest first. Used within the ring's lock.
 */
public final class RingFile {

    static final int HEAD_BYTES = 64;
    private static final byte[] FORM = "WEIR-RING-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int OLDEST_AT = 16;
    private static final int END_AT = 24;

    private final Path path;
    private final int size;
    private ByteBuffer file;

    /** The file is made with the first message, so that who only reads a configuration leaves it alone. */
    public RingFile(Path path, int size) {
        this.path = path;
        this.size = Math.max(size, 2 * HEAD_BYTES);
    }

    /** Begins an empty one; what another process has left goes aside as {@code .bak}, where it may. */
    private void open() {
        setAside(path);
        try (FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            file = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
        } catch (IOException e) {
            // the ring itself goes on without
            file = ByteBuffer.allocate(size);
        }
        file.order(ByteOrder.LITTLE_ENDIAN).put(0, FORM);
    }

    /** As in HAProxy a directory where that is not allowed is a way to have no second file. */
    private static void setAside(Path path) {
        try {
            if (Files.exists(path) && Files.size(path) > 0) {
                Files.move(path, path.resolveSibling(path.getFileName() + ".bak"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            // then it is begun anew
        }
    }

    int areaBytes() {
        return size - HEAD_BYTES;
    }

    void put(int place, byte[] bytes, int from, int length) {
        if (file == null) {
            open();
        }
        file.put(HEAD_BYTES + place, bytes, from, length);
    }

    /** What was put counts from here on. */
    void reach(long oldest, long end) {
        file.putLong(OLDEST_AT, oldest);
        file.putLong(END_AT, end);
    }
}
