package dev.weir.boot;

import dev.weir.admin.cli.Inquiry;
import dev.weir.admin.cli.Level;
import dev.weir.base.text.Diagnostic;
import dev.weir.base.time.Clock;
import dev.weir.config.compile.SnapshotSpec;
import dev.weir.model.stick.StickTable;
import dev.weir.upkeep.peers.TableArchive;
import dev.weir.wire.peer.PeerOutput;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Checksum;

/**
 * What a process knows, in a file for the one after it ({@code weir.snapshot}): the state of servers, counters, stick tables.
 *
 * <p>A head with the time, then parts of {@code name bytes}, a line end and so many bytes, the last one named {@code end} and
 * a sum over all before it: of a file that was damaged nothing is used. It is
 * written beside the file and renamed, so that there is never a half. Used by the main thread and that of errands.
 */
final class Snapshot {

    private static final String HEAD = "weir-snapshot 1 ";
    private static final String END = "end ";
    private static final int PIECE = 64 * 1024;
    private static final int LONGEST_LINE = 1024;
    private static final int LARGEST_PART = 256 * 1024 * 1024;
    private static final long PATIENCE_MS = 2000;

    private final Running running;
    private final Console console;
    private final ReentrantLock writing = new ReentrantLock();
    private final Map<String, String> texts = new HashMap<>();
    private boolean troubled;

    Snapshot(Running running, Console console) {
        this.running = running;
        this.console = console;
    }

    /** Writes it anew; what is wrong is said once until it is right again. */
    void write(SnapshotSpec spec) {
        writing.lock();
        try {
            Path file = Path.of(spec.file());
            Path beside = Path.of(spec.file() + "." + running.runtime().identity().pid() + ".tmp");
            try (FileOutputStream raw = new FileOutputStream(beside.toFile());
                    CheckedOutputStream summed = new CheckedOutputStream(raw, new CRC32());
                    OutputStream out = new BufferedOutputStream(summed)) {
                parts(out);
                out.flush();
                out.write(end(summed.getChecksum()));
                out.flush();
                raw.getFD().sync();
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            troubled = false;
        } catch (IOException | RuntimeException e) {
            if (!troubled) {
                console.print(Diagnostic.Level.WARNING, "Cannot write snapshot '" + spec.file() + "': " + e.getMessage());
            }
            troubled = true;
        } finally {
            writing.unlock();
        }
    }

    private void parts(OutputStream out) throws IOException {
        out.write((HEAD + Clock.SYSTEM.wallMicros() / 1000 + "\n").getBytes(StandardCharsets.US_ASCII));
        text(out, "servers", List.of("show", "servers", "state"));
        text(out, "counters", List.of("dump", "stats-file", "names"));
        PeerOutput piece = new PeerOutput();
        for (StickTable table : running.generation().configuration().rules().tables().sorted()) {
            TableArchive archive = new TableArchive(table);
            for (boolean more = table.used() > 0; more; ) {
                piece.clear();
                more = archive.write(piece, running.runtime().nowMs());
                part(out, "table " + table.name(), piece.bytes(), piece.length());
            }
        }
    }

    /** The last line, with a sum over everything before it. */
    private static byte[] end(Checksum sum) {
        String hex = Long.toHexString(sum.getValue() | 1L << 32);
        return (END + hex.substring(1) + " 0\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void text(OutputStream out, String name, List<String> command) throws IOException {
        byte[] bytes = said(running, command).getBytes(StandardCharsets.UTF_8);
        part(out, name, bytes, bytes.length);
    }

    /** What a command says, as the Conductor sees it in one moment. */
    static String said(Running running, List<String> command) throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        String[] said = {null};
        running.runtime().conductor().execute(() -> Inquiry.run(running.commands(), Level.ADMIN, command, null,
                LARGEST_PART, outcome -> {
                    said[0] = outcome.whole() && outcome.severity() == null ? outcome.text() : null;
                    done.countDown();
                }));
        try {
            if (!done.await(PATIENCE_MS, TimeUnit.MILLISECONDS) || said[0] == null) {
                throw new IOException("'" + String.join(" ", command) + "' is not answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return said[0];
    }

    private static void part(OutputStream out, String name, byte[] bytes, int length) throws IOException {
        out.write((name + " " + length + "\n").getBytes(StandardCharsets.UTF_8));
        out.write(bytes, 0, length);
    }

    /** Begins with what the file says, unless it is too old or not whole, which is said. Before there are threads. */
    void read(SnapshotSpec spec) {
        Path file = Path.of(spec.file());
        if (!Files.exists(file)) {
            return;
        }
        String fault;
        try (DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(file)))) {
            fault = whole(file) ? read(in, spec) : "it is not whole";
        } catch (IOException e) {
            fault = e.getMessage();
        }
        if (fault != null) {
            texts.clear();
            console.print(Diagnostic.Level.WARNING, "Snapshot '" + spec.file() + "' is not used: " + fault + ".");
        }
    }

    /** Looks before anything is taken over. */
    private static boolean whole(Path file) throws IOException {
        CRC32 sum = new CRC32();
        int last = end(sum).length;
        long left = Files.size(file) - last;
        byte[] piece = new byte[PIECE];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = 0; left > 0 && read >= 0; left -= read) {
                read = in.readNBytes(piece, 0, (int) Math.min(piece.length, left));
                sum.update(piece, 0, read);
            }
            return left == 0 && java.util.Arrays.equals(in.readNBytes(last + 1), end(sum));
        }
    }

    private String read(DataInputStream in, SnapshotSpec spec) throws IOException {
        String head = line(in);
        long writtenMs = head.startsWith(HEAD) ? number(head.substring(HEAD.length())) : -1;
        if (writtenMs < 0) {
            return "it is none";
        }
        long ageMs = Math.max(0, Clock.SYSTEM.wallMicros() / 1000 - writtenMs);
        if (ageMs > spec.maxAgeMs()) {
            return "it is " + ageMs / 1000 + " s old";
        }
        long nowMs = running.runtime().nowMs();
        for (String line = line(in); !line.startsWith(END); line = line(in)) {
            int space = line.lastIndexOf(' ');
            long length = space < 0 ? -1 : number(line.substring(space + 1));
            if (length < 0 || length > LARGEST_PART) {
                return "it makes no sense";
            }
            byte[] bytes = in.readNBytes((int) length);
            if (bytes.length < length || !part(line.substring(0, space), bytes, nowMs - ageMs, nowMs)) {
                return "it makes no sense at '" + line + "'";
            }
        }
        return null;
    }

    private boolean part(String name, byte[] bytes, long thenMs, long nowMs) {
        if (!name.startsWith("table ")) {
            texts.put(name, new String(bytes, StandardCharsets.UTF_8));
            return true;
        }
        StickTable table = running.generation().configuration().rules().tables().find(name.substring("table ".length()));
        return table == null || new TableArchive(table).read(bytes, thenMs, nowMs) >= 0;
    }

    /** What it said of that, or null. */
    String text(String name) {
        return texts.get(name);
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (line.length() > LONGEST_LINE) {
                throw new IOException("it makes no sense");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    private static long number(String text) {
        boolean digits = !text.isEmpty() && text.length() < 19;
        for (int i = 0; i < text.length(); i++) {
            digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return digits ? Long.parseLong(text) : -1;
    }
}
