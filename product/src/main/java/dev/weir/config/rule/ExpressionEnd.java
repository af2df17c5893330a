package dev.weir.config.rule;

import dev.weir.flow.expr.ExpressionCompiler;

/** Says what is wrong with an expression that ended before its word did. Immutable. */
record ExpressionEnd(String text, ExpressionCompiler.Compiled compiled) {

    String complaint() {
        String before = text.substring(0, compiled.end());
        int comma = before.lastIndexOf(',');
        boolean converted = comma >= 0 && before.indexOf(',') > before.indexOf(')');
        String keyword = converted ? before.substring(comma + 1) : before;
        return "missing comma after " + (converted ? "converter" : "fetch keyword") + " '" + keyword + "'";
    }
}
