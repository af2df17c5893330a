package dev.weir.base.text;

import dev.weir.base.text.Diagnostic.Level;

/**
 * Prints diagnostics in HAProxy's form: {@code [LEVEL] (pid) : text}, version and path of the executable once before
 * the first warning or error. On a terminal the line, a caret and what to write instead follow. Text is byte text
 * ({@link ByteText}).
 *
 * <p>Owner: boot's thread.
 */
public final class DiagnosticPrinter {

    private static final int WIDTH = 80;
    private static final int BEFORE = 40;

    private final String pid;
    private final String version;
    private final String executable;
    private final boolean terminal;
    private final StringBuilder out = new StringBuilder();
    private boolean introduced;

    /** @param terminal whether to show the line and a caret below each message */
    public DiagnosticPrinter(long pid, String version, String executable, boolean terminal) {
        this.pid = "(" + pid + ") : ";
        this.version = version;
        this.executable = executable;
        this.terminal = terminal;
    }

    public DiagnosticPrinter print(Iterable<Diagnostic> diagnostics) {
        for (Diagnostic diagnostic : diagnostics) {
            print(diagnostic);
        }
        return this;
    }

    public DiagnosticPrinter print(Diagnostic diagnostic) {
        boolean grave = diagnostic.level() == Level.ALERT || diagnostic.level() == Level.WARNING;
        if (grave && !introduced) {
            introduced = true;
            line(Level.NOTICE, "haproxy version is " + version);
            line(Level.NOTICE, "path to executable is " + executable);
        }
        line(diagnostic.level(), diagnostic.text());
        if (terminal) {
            explain(diagnostic);
        }
        return this;
    }

    /** A line of ours in the same form. */
    public DiagnosticPrinter print(Level level, String text) {
        return print(new Diagnostic(level, null, 0, text, null, null));
    }

    private void line(Level level, String text) {
        out.append(level.label()).append(pid).append(text).append('\n');
    }

    private void explain(Diagnostic diagnostic) {
        if (diagnostic.source() != null && diagnostic.text().indexOf('\n') < 0) {
            int at = Math.max(0, diagnostic.column() - 1);
            out.append(excerpt(diagnostic.source(), at, diagnostic.column() > 0)).append('\n');
        }
        if (diagnostic.hint() != null) {
            out.append("  write instead: ").append(diagnostic.hint()).append('\n');
        }
    }

    /** What has been printed since the last call. */
    public String take() {
        String text = out.toString();
        out.setLength(0);
        return text;
    }

    /**
     * The line around a position, indented by two instead of its own blanks, with a caret below; long lines are cut
     * as HAProxy cuts them.
     */
    public static String excerpt(String written, int position, boolean caret) {
        String line = written.stripLeading();
        int at = Math.max(0, position - (written.length() - line.length()));
        boolean cut = at >= WIDTH;
        String shown = cut ? "..." + line.substring(Math.min(line.length(), at - BEFORE + 3)) : line;
        int column = cut ? BEFORE : at;
        if (!cut && shown.length() > WIDTH) {
            shown = shown.substring(0, WIDTH);
        } else if (cut) {
            shown = shown.length() > WIDTH - 3 ? shown.substring(0, WIDTH - 3) + "..." : shown + "...";
        }
        StringBuilder text = new StringBuilder(2 * WIDTH + 8).append("  ");
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            text.append(c < ' ' && c != '\t' || c > '~' ? '?' : c);
        }
        if (caret) {
            text.append("\n  ");
            for (int i = 0; i < column; i++) {
                text.append(i < shown.length() && shown.charAt(i) == '\t' ? '\t' : ' ');
            }
            text.append('^');
        }
        return text.toString();
    }
}
