package dev.weir.flow.expr;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns numbers with operators into the ranges that indexes know: {@code gt 5} is {@code 6:}. */
final class AclNumbers {

    private static final List<String> OPERATORS = List.of("eq", "ne", "ge", "gt", "le", "lt");

    private final boolean versions;

    AclNumbers(boolean versions) {
        this.versions = versions;
    }

    /** An operator holds for all the words after it, up to the next one. */
    void read(List<String> words, List<byte[]> out) throws ExpressionError {
        String operator = "eq";
        for (String word : words) {
            if (OPERATORS.contains(word)) {
                operator = word;
            } else {
                range(operator, word, out);
            }
        }
    }

    private void range(String operator, String word, List<byte[]> out) throws ExpressionError {
        // HAProxy knows the word "ne" and takes it for "eq": files that have it count on that
        if (operator.equals("eq") || operator.equals("ne")) {
            add(out, word);
            return;
        }
        int colon = word.indexOf(':');
        boolean wantsLow = operator.equals("ge") || operator.equals("gt");
        String bound = colon < 0 ? word : wantsLow ? word.substring(0, colon) : word.substring(colon + 1);
        long number = number(bound, word);
        if (number == Long.MAX_VALUE || number == Long.MIN_VALUE) {
            throw new ExpressionError("'" + word + "' is not a valid number range");
        }
        switch (operator) {
            case "ge" -> add(out, text(number) + ":");
            case "gt" -> add(out, text(number + 1) + ":");
            case "le" -> add(out, ":" + text(number));
            default -> add(out, ":" + text(number - 1));
        }
    }

    private static void add(List<byte[]> out, String text) {
        out.add(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String text(long number) {
        return versions ? (number >> 16) + "." + (number & 0xffff) : Long.toString(number);
    }

    private long number(String text, String whole) throws ExpressionError {
        try {
            int dot = versions ? text.indexOf('.') : -1;
            if (dot >= 0) {
                return (Long.parseLong(text.substring(0, dot)) << 16) + Long.parseLong(text.substring(dot + 1));
            }
            return versions ? Long.parseLong(text) << 16 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ExpressionError("'" + whole + "' is not a number");
        }
    }
}
