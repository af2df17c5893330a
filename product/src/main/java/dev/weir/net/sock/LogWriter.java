package dev.weir.net.sock;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import jdk.internal.access.SharedSecrets;

/**
 * Writes log lines to descriptors. A pipe or terminal may block, and making it non-blocking would change it for everyone
 * who shares it: so one thread of its own does the writing, behind a bounded queue. Shared: the queue.
 */
public final class LogWriter {

    private record Piece(int descriptor, byte[] bytes) {}

    private static final int QUEUED_PIECES = 256;

    private final ArrayBlockingQueue<Piece> queue = new ArrayBlockingQueue<>(QUEUED_PIECES);
    private volatile boolean busy;
    private Thread thread;

    /** Hands a piece over, or says no when the reader of the descriptor does not keep up. From any worker. */
    boolean write(int descriptor, byte[] bytes) {
        return queue.offer(new Piece(descriptor, bytes));
    }

    /** Starts the thread if it does not run yet. */
    public void start() {
        if (thread != null) {
            return;
        }
        thread = new Thread(this::run, "weir-log");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Piece piece = queue.take();
                busy = true;
                writeOut(piece);
                busy = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void writeOut(Piece piece) {
        FileDescriptor descriptor = new FileDescriptor();
        SharedSecrets.getJavaIOFileDescriptorAccess().set(descriptor, piece.descriptor);
        try {
            // never closed: the descriptor is not ours
            new FileOutputStream(descriptor).write(piece.bytes);
        } catch (IOException e) {
            // nobody reads it any more: its lines are lost, as lines to a dead syslog are
        }
    }

    /** Gives what is queued a moment to leave, before the process does. */
    public void drain(long atMostMs) {
        for (long waited = 0; waited < atMostMs && (busy || !queue.isEmpty()); waited++) {
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
