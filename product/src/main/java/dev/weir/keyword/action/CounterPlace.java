package dev.weir.keyword.action;

import dev.weir.config.rule.ActionLine;
import dev.weir.flow.expr.ExpressionError;
import java.util.Locale;

/**
 * Which counter an action means: {@code (element,number)} or {@code (number)} behind its name. Immutable.
 *
 * @param number of the tracked entry
 */
record CounterPlace(int element, int number) {

    /** Without parentheses it is the first one; what stands behind them is not looked at, as in HAProxy. */
    static CounterPlace single(ActionLine line, String named, String usage) throws ExpressionError {
        String word = line.word();
        int open = word.indexOf('(');
        if (open < 0) {
            return new CounterPlace(0, 0);
        }
        String expects = "invalid stick table track ID" + named + ". ";
        return new CounterPlace(0, number(line, word.substring(open + 1), expects,
                "Expects " + usage + "(<Track ID>)"));
    }

    /** @param what {@code gpc} or {@code gpt} */
    static CounterPlace inArray(ActionLine line, String what) throws ExpressionError {
        String word = line.word();
        int open = word.indexOf('(');
        String name = open < 0 ? word : word.substring(0, open);
        String usage = "Expects " + name + "(<" + what.toUpperCase(Locale.ROOT) + " ID>,<Track ID>)";
        if (open < 0) {
            throw new ExpressionError("invalid " + what + " ID '" + word + "'. " + usage);
        }
        int comma = word.indexOf(',', open);
        long element = comma < 0 ? -1 : digits(word.substring(open + 1, comma));
        if (element < 0) {
            throw new ExpressionError("Missing " + what + " ID '" + word + "'. " + usage);
        }
        return new CounterPlace((int) Math.min(element, Integer.MAX_VALUE), number(line, word.substring(comma + 1),
                "invalid stick table track ID '" + word + "'. ", usage));
    }

    private static int number(ActionLine line, String text, String prefix, String usage) throws ExpressionError {
        int close = text.indexOf(')');
        long number = close < 0 ? -1 : digits(text.substring(0, close));
        if (number < 0) {
            throw new ExpressionError(prefix + usage);
        }
        int most = line.scope().stickCounters() - 1;
        if (number > most) {
            throw new ExpressionError(prefix + "The max allowed ID is " + most);
        }
        return (int) number;
    }

    /** The number that the text is, 0 for an empty one, -1 for something else. */
    private static long digits(String text) {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = Math.min(value * 10 + digit, Integer.MAX_VALUE);
        }
        return value;
    }
}
