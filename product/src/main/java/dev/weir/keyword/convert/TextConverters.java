package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import java.util.List;
import java.util.Locale;

/** Texts as a whole: case, length, ends, order. */
final class TextConverters {

    private static final Signature ONE = Signature.of(1, ArgumentKind.STRING);
    /** All control characters but TAB; bit 32 is DEL. */
    private static final long ALL_BUT_TAB = 0x1fffffdffL;

    static final List<ConverterKeyword> ALL = List.of(
            text("lower", (context, sample) -> map(context, sample, true)),
            text("upper", (context, sample) -> map(context, sample, false)),
            text("reverse", TextConverters::reverse),
            text("reverse_dom", TextConverters::reverseLabels),
            text("cut_crlf", TextConverters::cutLine),
            ConverterKeyword.of("length", SampleType.STRING, SampleType.INTEGER, (context, sample) -> {
                sample.integer(sample.length());
                return true;
            }),
            ConverterKeyword.of("ltrim", ONE, SampleType.STRING, SampleType.STRING, TextConverters::trimLeft),
            ConverterKeyword.of("rtrim", ONE, SampleType.STRING, SampleType.STRING, TextConverters::trimRight),
            ConverterKeyword.of("has_ctl", Signature.of(0, ArgumentKind.STRING), SampleType.BINARY, SampleType.BOOL,
                    TextConverters::controls),
            ConverterKeyword.of("iif", Signature.of(2, ArgumentKind.STRING, ArgumentKind.STRING), SampleType.BOOL,
                    SampleType.STRING, TextConverters::either));

    private TextConverters() {}

    private static ConverterKeyword text(String name, Converter converter) {
        return ConverterKeyword.of(name, SampleType.STRING, SampleType.STRING, converter);
    }

    private static boolean map(ExpressionContext context, Sample sample, boolean lower) {
        Area out = context.workspace().area();
        if (!out.reserve(sample.length())) {
            return false;
        }
        for (int i = 0; i < sample.length(); i++) {
            byte c = sample.byteAt(i);
            out.put(lower ? Texts.lower(c) : Texts.upper(c));
        }
        sample.take(SampleType.STRING, out);
        return true;
    }

    private static boolean reverse(ExpressionContext context, Sample sample) {
        Area out = context.workspace().area();
        for (int i = sample.length() - 1; i >= 0; i--) {
            out.put(sample.byteAt(i));
        }
        sample.take(SampleType.STRING, out);
        return !out.overflowed();
    }

    private static boolean reverseLabels(ExpressionContext context, Sample sample) {
        int length = sample.length();
        if (length > 0 && sample.byteAt(length - 1) == '.') {
            length--;
        }
        Area out = context.workspace().area();
        int end = length;
        for (int i = length - 1; i >= -1; i--) {
            if (i < 0 || sample.byteAt(i) == '.') {
                if (i + 1 == end) {
                    return false;
                }
                if (end < length) {
                    out.put('.');
                }
                out.put(sample.bytes(), sample.at() + i + 1, end - i - 1);
                end = i;
            }
        }
        sample.take(SampleType.STRING, out);
        return !out.overflowed();
    }

    private static boolean cutLine(ExpressionContext context, Sample sample) {
        for (int i = 0; i < sample.length(); i++) {
            if (sample.byteAt(i) == '\r' || sample.byteAt(i) == '\n') {
                sample.slice(0, i);
            }
        }
        return true;
    }

    private static Converter trimLeft(Arguments arguments) {
        byte[] characters = arguments.bytes(0);
        return (context, sample) -> {
            int from = 0;
            while (from < sample.length() && isIn(characters, sample.byteAt(from))) {
                from++;
            }
            sample.slice(from, sample.length() - from);
            return true;
        };
    }

    private static Converter trimRight(Arguments arguments) {
        byte[] characters = arguments.bytes(0);
        return (context, sample) -> {
            int length = sample.length();
            while (length > 0 && isIn(characters, sample.byteAt(length - 1))) {
                length--;
            }
            sample.slice(0, length);
            return true;
        };
    }

    private static boolean isIn(byte[] characters, byte c) {
        return Texts.indexOf(characters, 0, characters.length, c) >= 0;
    }

    private static Converter controls(Arguments arguments) throws ExpressionError {
        long mask = arguments.hasText(0) ? mask(arguments.text(0)) : ALL_BUT_TAB;
        return (context, sample) -> {
            boolean found = false;
            for (int i = 0; i < sample.length() && !found; i++) {
                byte c = sample.byteAt(i);
                found = c >= 0 && c < 32 ? (mask >> c & 1) != 0 : c == 127 && (mask >> 32 & 1) != 0;
            }
            sample.bool(found);
            return true;
        };
    }

    private static long mask(String text) throws ExpressionError {
        switch (text) {
            case "any" -> {
                return 0x1ffffffffL;
            }
            case "http" -> {
                return 0x2401;
            }
            default -> {
                boolean hex = text.toLowerCase(Locale.ROOT).startsWith("0x");
                try {
                    long mask = hex ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
                    if (mask >= 0 && mask <= 0x1ffffffffL) {
                        return mask;
                    }
                } catch (NumberFormatException e) {
                    // the same message as for a number out of range
                }
                throw new ExpressionError("mask must be 'any', 'http' or a number between 0 and 0x1ffffffff");
            }
        }
    }

    private static Converter either(Arguments arguments) {
        byte[] yes = arguments.bytes(0);
        byte[] no = arguments.bytes(1);
        return (context, sample) -> {
            sample.string(sample.isTrue() ? yes : no);
            return true;
        };
    }
}
