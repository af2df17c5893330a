package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

/** Arithmetic and logic on integers. What overflows becomes the largest number of its sign. */
final class ArithmeticConverters {

    private static final Signature ONE = Signature.of(1, ArgumentKind.STRING);

    static final List<ConverterKeyword> ALL = List.of(
            binary("add", ArithmeticConverters::add),
            binary("sub", ArithmeticConverters::subtract),
            binary("mul", ArithmeticConverters::multiply),
            binary("div", ArithmeticConverters::divide),
            binary("mod", (a, b) -> b == 0 ? 0 : a % b),
            binary("and", (a, b) -> a & b),
            binary("or", (a, b) -> a | b),
            binary("xor", (a, b) -> a ^ b),
            unary("neg", a -> a == Long.MIN_VALUE ? Long.MAX_VALUE : -a),
            unary("cpl", a -> ~a),
            test("even", a -> (a & 1) == 0),
            test("odd", a -> (a & 1) != 0),
            test("not", a -> a == 0),
            test("bool", a -> a != 0));

    private ArithmeticConverters() {}

    private static ConverterKeyword binary(String name, LongBinaryOperator operator) {
        return ConverterKeyword.of(name, ONE, SampleType.INTEGER, SampleType.INTEGER, a -> make(a, operator));
    }

    private static Converter make(Arguments arguments, LongBinaryOperator operator) throws ExpressionError {
        Long literal = Operands.literal(arguments.text(0));
        if (literal != null) {
            long right = literal;
            return (context, sample) -> {
                sample.integer(operator.applyAsLong(sample.number(), right));
                return true;
            };
        }
        Operands.Operand operand = Operands.number(arguments, 0);
        return (context, sample) -> {
            Sample right = context.workspace().spare();
            if (!operand.read(context, right)) {
                return false;
            }
            sample.integer(operator.applyAsLong(sample.number(), right.number()));
            return true;
        };
    }

    private static ConverterKeyword unary(String name, LongUnaryOperator operator) {
        return ConverterKeyword.of(name, SampleType.INTEGER, SampleType.INTEGER, (context, sample) -> {
            sample.integer(operator.applyAsLong(sample.number()));
            return true;
        });
    }

    private static ConverterKeyword test(String name, LongPredicate predicate) {
        return ConverterKeyword.of(name, SampleType.INTEGER, SampleType.BOOL, (context, sample) -> {
            sample.bool(predicate.test(sample.number()));
            return true;
        });
    }

    private static long add(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? limit(a < 0) : sum;
    }

    private static long subtract(long a, long b) {
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) < 0 ? limit(a < 0) : difference;
    }

    private static long multiply(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return high != low >> 63 ? limit((a ^ b) < 0) : low;
    }

    private static long divide(long a, long b) {
        return b == 0 || a == Long.MIN_VALUE && b == -1 ? Long.MAX_VALUE : a / b;
    }

    private static long limit(boolean negative) {
        return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
