package dev.weir.boot;

import dev.weir.base.text.Diagnostic;
import dev.weir.base.text.DiagnosticPrinter;
import dev.weir.base.text.Diagnostics;
import dev.weir.config.lang.VersionNumbers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standard error as the process uses it: messages in HAProxy's form, silent in quiet mode and once in the background. */
final class Console {

    private static final int MOST_STARTUP = 1 << 20;

    private final DiagnosticPrinter printer;
    private final PrintStream out = System.err;
    private final StringBuilder startup = new StringBuilder();
    private volatile String startupMessages;
    private volatile boolean silent;

    Console(long pid, String executable, boolean terminal) {
        printer = new DiagnosticPrinter(pid, VersionNumbers.COMPATIBLE, executable, terminal);
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

    private void print(Diagnostic diagnostic) {
        boolean starting = startupMessages == null;
        if (silent && !starting) {
            return;
        }
        String text = new String(printer.print(diagnostic).take().getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8);
        if (starting && startup.length() < MOST_STARTUP) {
            startup.append(text);
        }
        if (!silent) {
            out.print(text);
            out.flush();
        }
    }

    /** The start is over: what is printed from now on belongs to it no more. */
    void served() {
        startupMessages = startup.toString();
    }

    /** What was printed until the process served. */
    String startupMessages() {
        return startupMessages == null ? "" : startupMessages;
    }
}
