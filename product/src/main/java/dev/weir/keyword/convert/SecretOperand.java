package dev.weir.keyword.convert;

import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableName;
import java.util.Arrays;

/** Bytes that an argument gives in base64, itself or in a variable: keys, nonces, tags. Immutable. */
final class SecretOperand {

    private static final int LONGEST = 16384;

    private final byte[] literal;
    private final VariableName variable;

    private SecretOperand(byte[] literal, VariableName variable) {
        this.literal = literal;
        this.variable = variable;
    }

    static SecretOperand read(Arguments arguments, int index, String what) throws ExpressionError {
        VariableName variable = arguments.variableOrNull(index);
        if (variable != null) {
            return new SecretOperand(null, variable);
        }
        byte[] text = arguments.bytes(index);
        byte[] decoded = decode(text, 0, text.length);
        if (decoded == null) {
            throw new ExpressionError("failed to parse " + what + " : argument needs to be base64 encoded, and can either"
                    + " be a string or a variable");
        }
        return new SecretOperand(decoded, null);
    }

    private static byte[] decode(byte[] text, int at, int length) {
        Area out = new Area(LONGEST);
        return Base64Text.decode(text, at, length, Base64Text.STANDARD, out)
                ? Arrays.copyOf(out.bytes(), out.length()) : null;
    }

    /** Null when there is no such variable or it is no base64. */
    byte[] value(ExpressionContext context) {
        if (literal != null) {
            return literal;
        }
        Sample sample = context.workspace().spare();
        return Operands.readText(context, variable, sample)
                ? decode(sample.bytes(), sample.at(), sample.length()) : null;
    }
}
