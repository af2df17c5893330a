package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import java.util.List;

/** Percent-encoding. */
final class UrlConverters {

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("url_dec", Signature.of(0, ArgumentKind.INTEGER), SampleType.STRING,
                    SampleType.STRING, UrlConverters::decoder),
            ConverterKeyword.of("url_enc", Signature.of(0, ArgumentKind.STRING), SampleType.STRING,
                    SampleType.STRING, UrlConverters::encoder),
            ConverterKeyword.of("param", Signature.of(1, ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.STRING, SampleType.STRING, UrlConverters::parameter));

    private UrlConverters() {}

    private static Converter decoder(Arguments arguments) {
        boolean form = arguments.number(0, 0) != 0;
        return (context, sample) -> decode(sample, form, context.workspace().area());
    }

    /** A plus sign is a blank in forms, and behind the question mark of anything else. */
    private static boolean decode(Sample sample, boolean form, Area out) {
        boolean inQuery = form;
        for (int i = 0; i < sample.length(); i++) {
            byte c = sample.byteAt(i);
            if (c == '%') {
                int high = i + 2 < sample.length() ? Texts.hexDigit(sample.byteAt(i + 1)) : -1;
                int low = high < 0 ? -1 : Texts.hexDigit(sample.byteAt(i + 2));
                if (low < 0) {
                    return false;
                }
                out.put(high << 4 | low);
                i += 2;
            } else if (c == '+' && inQuery) {
                out.put(' ');
            } else {
                inQuery |= c == '?';
                out.put(c);
            }
        }
        sample.take(SampleType.STRING, out);
        return !out.overflowed();
    }

    private static Converter encoder(Arguments arguments) throws ExpressionError {
        if (arguments.hasText(0) && !arguments.text(0).equals("query")) {
            throw new ExpressionError("Unexpected encode type. Allowed value is 'query'");
        }
        return (context, sample) -> {
            Area out = context.workspace().area();
            for (int i = 0; i < sample.length(); i++) {
                byte c = sample.byteAt(i);
                if (isUnreserved(c)) {
                    out.put(c);
                } else {
                    out.put('%').putHex(sample.bytes(), sample.at() + i, 1);
                }
            }
            sample.take(SampleType.STRING, out);
            return !out.overflowed();
        };
    }

    /** RFC 3986 2.3. */
    private static boolean isUnreserved(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || Texts.isDigit(c) || c == '-' || c == '.' || c == '_'
                || c == '~';
    }

    private static Converter parameter(Arguments arguments) throws ExpressionError {
        byte[] name = arguments.bytes(0);
        byte delimiter = arguments.hasText(1) ? delimiter(arguments.text(1)) : (byte) '&';
        return (context, sample) -> {
            byte[] text = sample.bytes();
            int end = sample.end();
            for (int at = sample.at(); at <= end; ) {
                int next = Texts.indexOf(text, at, end, delimiter);
                next = next < 0 ? end : next;
                int after = at + name.length;
                if (after <= next && Texts.equal(name, 0, text, at, name.length)
                        && (after == next || text[after] == '=')) {
                    int value = Math.min(after + 1, next);
                    sample.slice(value - sample.at(), next - value);
                    return true;
                }
                at = next + 1;
            }
            return false;
        };
    }

    private static byte delimiter(String text) throws ExpressionError {
        if (text.length() == 1) {
            return (byte) text.charAt(0);
        }
        if (text.length() == 4 && text.startsWith("0x") && Texts.hexDigit(text.charAt(2)) >= 0
                && Texts.hexDigit(text.charAt(3)) >= 0) {
            return (byte) (Texts.hexDigit(text.charAt(2)) << 4 | Texts.hexDigit(text.charAt(3)));
        }
        throw new ExpressionError("delimiter must be a single character or its code as 0xHH");
    }
}
