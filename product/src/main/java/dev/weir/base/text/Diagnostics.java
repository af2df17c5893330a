package dev.weir.base.text;

import dev.weir.base.text.Diagnostic.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the messages of one reading of the configuration in order. Printing is {@link DiagnosticPrinter}'s part.
 *
 * <p>Owner: boot's thread, or the Conductor during a reload.
 */
public final class Diagnostics {

    /** A hostile file must not make a message of megabytes. */
    private static final int MAX_TEXT = 4096;

    private final List<Diagnostic> all = new ArrayList<>();
    private final String context;
    private final Set<String> failedFiles = new HashSet<>();
    private int alerts;
    private int warnings;

    /** Messages about the configuration. */
    public Diagnostics() {
        this("config : ");
    }

    /** @param context what stands before each message, {@code "config : "} while files are read */
    public Diagnostics(String context) {
        this.context = context;
    }

    /** An error of one line, in the usual form {@code parsing [file:line] : message}. */
    public void alert(Place place, String message) {
        report(Level.ALERT, place, 0, parsing(place, message), null, null);
    }

    public void warning(Place place, String message) {
        report(Level.WARNING, place, 0, parsing(place, message), null, null);
    }

    /** An error that HAProxy names one and goes on from: printed as such, but nothing fails for it. */
    public void remark(Place place, String text) {
        all.add(new Diagnostic(Level.ALERT, place, 0, context + clean(text), null, null));
    }

    /** A message in a form of its own: nothing is put before it but the context. */
    public void report(Level level, Place place, String text) {
        report(level, place, 0, text, null, null);
    }

    public void report(Level level, Place place, int column, String text, String source, String hint) {
        if (level == Level.ALERT) {
            alerts++;
            if (place != null) {
                failedFiles.add(place.file());
            }
        } else if (level == Level.WARNING) {
            warnings++;
        }
        all.add(new Diagnostic(level, place, column, context + clean(text), source, hint));
    }

    /** A message about a line that comes late: it goes where the other messages about that line stand. */
    public void insert(Level level, Place place, String text) {
        int at = all.size();
        for (int i = all.size() - 1; i >= 0; i--) {
            Place other = all.get(i).place();
            if (other == null || !other.file().equals(place.file())) {
                continue;
            }
            if (other.line() <= place.line()) {
                at = i + 1;
                break;
            }
            at = i;
        }
        report(level, place, 0, text, null, null);
        all.add(at, all.removeLast());
    }

    /** Says that a file has errors, behind the last message about it, if it has any. */
    public void closeFile(String file) {
        int last = -1;
        for (int i = 0; i < all.size(); i++) {
            Place place = all.get(i).place();
            if (place != null && place.file().equals(file)) {
                last = i;
            }
        }
        if (failedFiles.contains(file)) {
            report(Level.ALERT, null, "Error(s) found in configuration file : " + file);
            all.add(last + 1, all.removeLast());
        }
    }

    public static String parsing(Place place, String message) {
        return "parsing [" + place + "] : " + message;
    }

    public List<Diagnostic> all() {
        return List.copyOf(all);
    }

    public int alerts() {
        return alerts;
    }

    public int warnings() {
        return warnings;
    }

    /** Whether nothing may start with this configuration. */
    public boolean hasFailed() {
        return alerts > 0;
    }

    /** What a terminal would act on is taken out, what is endless is cut. */
    private static String clean(String text) {
        StringBuilder out = null;
        int length = Math.min(text.length(), MAX_TEXT);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0x7f) {
                if (out == null) {
                    out = new StringBuilder(text.substring(0, length));
                }
                out.setCharAt(i, '?');
            }
        }
        String kept = out != null ? out.toString() : text.substring(0, length);
        return length < text.length() ? kept + "..." : kept;
    }
}
