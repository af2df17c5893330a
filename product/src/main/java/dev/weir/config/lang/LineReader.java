package dev.weir.config.lang;

import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Place;
import dev.weir.config.lang.ConditionalBlocks.Outcome;

/**
 * Gives the lines of one file that count, cut into words; conditional blocks and messages have been dealt with.
 *
 * <p>Owner: boot.
 */
public final class LineReader {

    /** What {@link #next()} has found. */
    public enum Line { WORDS, END, STOP }

    private final String name;
    private final String text;
    private final Environment environment;
    private final Diagnostics diagnostics;
    private final Lexer lexer;
    private final ConditionalBlocks blocks;
    private int at;
    private int number;
    private Statement statement;

    public LineReader(String name, String text, Environment environment, ConditionEvaluator conditions,
            Diagnostics diagnostics, boolean diagnosing) {
        this.name = name;
        this.text = text;
        this.environment = environment;
        this.diagnostics = diagnostics;
        this.lexer = new Lexer(environment, diagnostics);
        this.blocks = new ConditionalBlocks(conditions, diagnostics, diagnosing);
    }

    /** The number of the line read last, from 1. */
    public int number() {
        return number;
    }

    public Statement statement() {
        return statement;
    }

    public Line next() {
        while (at < text.length()) {
            number++;
            Place place = new Place(name, number);
            environment.standAt(name, number);
            statement = lexer.read(line(place), place);
            if (statement == null) {
                continue;
            }
            Outcome outcome = statement.word(0).startsWith(".") ? blocks.take(statement) : Outcome.ORDINARY;
            if (outcome == Outcome.STOP) {
                return Line.STOP;
            }
            if (outcome == Outcome.ORDINARY && blocks.isActive()) {
                return Line.WORDS;
            }
        }
        blocks.finish(new Place(name, Math.max(1, number)));
        return Line.END;
    }

    /** The next line without its end; empty when a NUL is in it. */
    private String line(Place place) {
        int end = text.indexOf('\n', at);
        String line = text.substring(at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
        int nul = line.indexOf('\0');
        if (nul >= 0) {
            diagnostics.report(Level.ALERT, place, nul + 1, "parsing [" + place + "]: Stray NUL character at position "
                    + (nul + 1) + ".", line, null);
            return "";
        }
        if (end < 0) {
            // HAProxy refuses the file; a warning does, and the line counts
            diagnostics.report(Level.WARNING, place, 0, "parsing [" + place + "]: Missing LF on last line, file might "
                    + "have been truncated at position " + (line.length() + 1) + ".", null,
                    "the same line, followed by a line feed");
        }
        return line;
    }
}
