package dev.weir.config.lang;

import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.DiagnosticPrinter;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Place;
import java.util.ArrayDeque;

/**
 * The directives that start with a dot: {@code .if .elif .else .endif} decide which lines of a file count,
 * {@code .diag .notice .warning .alert} print (configuration manual 2.4). One object per file.
 *
 * <p>Owner: boot.
 */
final class ConditionalBlocks {

    private static final int MAX_LEVELS = 100;

    /** Of one level: its lines count; they do not but a later branch may; no later branch may; one had its turn. */
    private enum Branch { TAKEN, WAITING, PASSED }

    /** What the reader does with the line. */
    enum Outcome { ORDINARY, DONE, STOP }

    private static final class Block {
        private Branch branch;
        private boolean elseSeen;

        Block(Branch branch) {
            this.branch = branch;
        }
    }

    private final ArrayDeque<Block> blocks = new ArrayDeque<>();
    private final ConditionEvaluator evaluator;
    private final Diagnostics diagnostics;
    private final boolean diagnosing;
    /** Levels inside a branch that does not count. */
    private int skipped;

    ConditionalBlocks(ConditionEvaluator evaluator, Diagnostics diagnostics, boolean diagnosing) {
        this.evaluator = evaluator;
        this.diagnostics = diagnostics;
        this.diagnosing = diagnosing;
    }

    private boolean counts() {
        return skipped == 0 && (blocks.isEmpty() || blocks.peek().branch == Branch.TAKEN);
    }

    Outcome take(Statement line) {
        return switch (line.word(0)) {
            case ".if" -> open(line);
            case ".elif" -> elseIf(line);
            case ".else" -> otherwise(line);
            case ".endif" -> close(line);
            default -> counts() ? message(line) : Outcome.DONE;
        };
    }

    private Outcome open(Statement line) {
        if (blocks.size() + skipped >= MAX_LEVELS) {
            line.alertTight(0, "too many nested '.if', max is " + MAX_LEVELS + ".");
            return Outcome.STOP;
        }
        if (!counts()) {
            skipped++;
            return Outcome.DONE;
        }
        blocks.push(new Block(holds(line) ? Branch.TAKEN : Branch.WAITING));
        return Outcome.DONE;
    }

    private Outcome elseIf(Statement line) {
        if (skipped > 0 || !belongs(line)) {
            return Outcome.DONE;
        }
        Block block = blocks.peek();
        if (block.branch == Branch.WAITING) {
            block.branch = holds(line) ? Branch.TAKEN : Branch.WAITING;
        } else {
            block.branch = Branch.PASSED;
        }
        return Outcome.DONE;
    }

    private Outcome otherwise(Statement line) {
        expectNoMore(line);
        if (skipped > 0 || !belongs(line)) {
            return Outcome.DONE;
        }
        Block block = blocks.peek();
        block.branch = block.branch == Branch.WAITING ? Branch.TAKEN : Branch.PASSED;
        block.elseSeen = true;
        return Outcome.DONE;
    }

    private Outcome close(Statement line) {
        expectNoMore(line);
        if (skipped > 0) {
            skipped--;
        } else if (blocks.isEmpty()) {
            line.alertTight(0, "lone '.endif' with no matching '.if'.");
        } else {
            blocks.pop();
        }
        return Outcome.DONE;
    }

    private boolean belongs(Statement line) {
        if (blocks.isEmpty()) {
            line.alertTight(0, "lone '" + line.word(0) + "' with no matching '.if'.");
            return false;
        }
        if (blocks.peek().elseSeen) {
            line.alertTight(0, "lone '" + line.word(0) + "' with no matching '.if' (an '.else' came before).");
            return false;
        }
        return true;
    }

    private static void expectNoMore(Statement line) {
        if (line.count() > 1) {
            line.alertTight(1, "Unexpected argument '" + line.word(1) + "' for '" + line.word(0) + "'.");
        }
    }

    private boolean holds(Statement line) {
        String condition = line.join(1);
        ConditionEvaluator.Result result = evaluator.evaluate(condition);
        if (result.error() != null) {
            String directive = line.word(0);
            String at = "";
            if (result.position() > 0) {
                String shown = directive + " " + condition;
                at = " at position " + result.position() + ":\n"
                        + DiagnosticPrinter.excerpt(shown, directive.length() + result.position(), true);
            }
            line.alertTight(1, result.error() + " in '" + directive + "'" + (at.isEmpty() ? "." : at));
        }
        return result.holds();
    }

    private Outcome message(Statement line) {
        Level level = switch (line.word(0)) {
            case ".notice" -> Level.NOTICE;
            case ".warning" -> Level.WARNING;
            case ".alert" -> Level.ALERT;
            case ".diag" -> Level.DIAG;
            default -> null;
        };
        if (level == null) {
            return Outcome.ORDINARY;
        }
        if (line.count() > 2) {
            line.alertTight(2, "Unexpected argument '" + line.word(2) + "' for '" + line.word(0)
                    + "'. Use quotes if the message should contain spaces.");
            return Outcome.DONE;
        }
        if (level != Level.DIAG || diagnosing) {
            line.report(level, 1, "parsing [" + line.place() + "]: '" + line.word(1) + "'.", null);
        }
        return level == Level.ALERT ? Outcome.STOP : Outcome.DONE;
    }

    /** At the end of the file. */
    void finish(Place last) {
        if (!blocks.isEmpty()) {
            diagnostics.report(Level.ALERT, last, "parsing [" + last + "]: non-terminated '.if' block.");
        }
    }

    /** Whether an ordinary line counts. */
    boolean isActive() {
        return counts();
    }
}
