package dev.weir.boot;

import dev.weir.base.text.Diagnostic;
import dev.weir.base.text.DiagnosticPrinter;
import dev.weir.base.text.Diagnostics;
import dev.weir.config.lang.VersionNumbers;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Standard error as the process uses it: messages in HAProxy's form, silent in quiet mode and once in the background. */
final class Console {

    private static final int MOST_STARTUP = 1 << 20;

    private final Supplier<DiagnosticPrinter> printers;
    private DiagnosticPrinter printer;
    private final PrintStream out = System.err;
    private final StringBuilder startup = new StringBuilder();
    private final List<Diagnostic> said = new ArrayList<>();
    private boolean starting = true;
    private volatile String startupMessages = "";
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean silent;

    Console(long pid, String executable, boolean terminal) {
        printers = () -> new DiagnosticPrinter(pid, VersionNumbers.COMPATIBLE, executable, terminal);
        printer = printers.get();
    }

    /** Whether standard error is a terminal; asking Java's own console would load a line editor. */
    static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    void silence() {
        silent = true;
    }

    void print(Diagnostics diagnostics) {
        for (Diagnostic each : diagnostics.all()) {
            print(each);
        }
    }

    void print(Diagnostic.Level level, String text) {
        print(new Diagnostic(level, null, 0, text, null, null));
    }

    /** Of one thread at a time: messages come from the main thread, the Conductor and from workers that meet bugs. */
    private void print(Diagnostic diagnostic) {
        lock.lock();
        try {
            write(diagnostic);
        } finally {
            lock.unlock();
        }
    }

    private void write(Diagnostic diagnostic) {
        if (silent && !starting) {
            return;
        }
        String text = new String(printer.print(diagnostic).take().getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8);
        if (starting && startup.length() < MOST_STARTUP) {
            startup.append(text);
            said.add(diagnostic);
        }
        if (!silent) {
            out.print(text);
            out.flush();
        }
    }

    /** Something nobody expected; the trace is what its mending needs. */
    void bug(String where, Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        print(Diagnostic.Level.ALERT, "internal error (" + where + "), please report it: " + trace);
    }

    /** The start or another reading of the files is over: what is printed from now on belongs to it no more. */
    void served() {
        lock.lock();
        startupMessages = startup.toString();
        starting = false;
        lock.unlock();
    }

    /** The files are read again: what is printed from now on belongs to that. */
    void beginAgain() {
        lock.lock();
        startup.setLength(0);
        said.clear();
        printer = printers.get();
        starting = true;
        lock.unlock();
    }

    /** What was said of the last start or reading. */
    List<Diagnostic> said() {
        return said;
    }

    /** What was printed until the process served, or when the files were read last. */
    String startupMessages() {
        return startupMessages;
    }
}
