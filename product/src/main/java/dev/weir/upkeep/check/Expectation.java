package dev.weir.upkeep.check;

import dev.weir.base.log.LogLine;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.rule.Text;
import dev.weir.model.value.SampleType;
import java.nio.charset.StandardCharsets;

/**
 * What every {@code expect} can say besides its pattern.
 *
 * @param inverse whether the pattern must not be found
 * @param minimum how many bytes it takes to judge, -1 when any number does and more may change the answer
 * @param error how the check ends when it is not as expected; null for the pattern's own
 * @param onSuccess what to say, or null
 * @param code computes the status code, or null
 */
public record Expectation(boolean inverse, int minimum, CheckStatus ok, CheckStatus error, CheckStatus timeout,
        Text onSuccess, Text onError, Expression code, String comment) {

    private static final int LONGEST_INFO = 1023;

    /** The text that a format makes, up to its first zero byte. */
    private static String written(CheckContext context, Text format) {
        LogLine line = context.text(format);
        int end = 0;
        while (end < line.length() && end < LONGEST_INFO && line.array()[end] != 0) {
            end++;
        }
        return new String(line.array(), 0, end, StandardCharsets.ISO_8859_1);
    }

    /** How the check ends well; the code and the text are those of the line, if it has any. */
    CheckResult met(CheckContext context, int usualCode, String usual) {
        return new CheckResult(ok, codeOr(context, usualCode), onSuccess == null ? usual : written(context, onSuccess));
    }

    /** How the check fails; status, code and text are those of the line, if it has any. */
    CheckResult missed(CheckContext context, CheckStatus usual, int usualCode, String usualInfo) {
        String info = onError == null ? usualInfo : written(context, onError);
        return new CheckResult(errorOr(usual), codeOr(context, usualCode), withComment(info));
    }

    CheckStatus errorOr(CheckStatus usual) {
        return error == null ? usual : error;
    }

    private int codeOr(CheckContext context, int otherwise) {
        boolean given = code != null && code.evaluateAs(SampleType.INTEGER, context, context.sample());
        return given ? (int) context.sample().number() : otherwise;
    }

    String withComment(String info) {
        return comment == null ? info : info + " comment: " + comment;
    }
}
