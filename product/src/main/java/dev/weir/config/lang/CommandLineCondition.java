package dev.weir.config.lang;

import dev.weir.base.text.ByteText;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Place;
import dev.weir.config.lang.ConditionEvaluator.Result;
import java.util.Locale;

/**
 * The condition behind {@code -cc}: cut into words as a line of a file, which resolves quotes and variables, but without
 * comments, and then evaluated. Blanks in front and at the end are kept as one, as HAProxy's messages show.
 *
 * <p>Owner: boot.
 */
public final class CommandLineCondition {

    /** Stands for the sign of comments while words are cut; no byte text holds it. */
    private static final char NO_COMMENT = '\ue000';

    private CommandLineCondition() {}

    public static Result evaluate(String argument) {
        Environment environment = Environment.ofProcess();
        String line = ByteText.of(argument);
        if (line.isBlank()) {
            return evaluated(line, environment);
        }
        Diagnostics diagnostics = new Diagnostics("");
        Statement words = new Lexer(environment, diagnostics).read(line.replace('#', NO_COMMENT), Place.COMMAND_LINE);
        if (diagnostics.hasFailed()) {
            return Result.error("Syntax Error in condition: " + shortened(diagnostics.all().getFirst().text()));
        }
        String text = words == null ? "" : words.join(0).replace(NO_COMMENT, '#');
        String before = isBlank(line.charAt(0)) ? " " : "";
        String after = isBlank(line.charAt(line.length() - 1)) ? " " : "";
        return evaluated(before + text + after, environment);
    }

    private static Result evaluated(String text, Environment environment) {
        Result result = Conditions.evaluate(text, ConditionFacts.of(environment));
        return result.error() == null ? result : Result.error("Failed to evaluate condition: " + result.error());
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** From {@code parsing [place]: what is wrong at position n:...} the part in the middle, as a sentence. */
    private static String shortened(String message) {
        int from = message.indexOf("]: ") + 3;
        int to = message.indexOf(" at position", from);
        String what = message.substring(from, to < 0 ? message.length() : to);
        return what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1) + ".";
    }
}
