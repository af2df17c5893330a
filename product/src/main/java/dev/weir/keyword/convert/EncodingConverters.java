package dev.weir.keyword.convert;

import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import java.util.List;

/** Encodings of bytes as text and back. */
final class EncodingConverters {

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("b64dec", SampleType.STRING, SampleType.BINARY, decoder(Base64Text.STANDARD)),
            ConverterKeyword.of("ub64dec", SampleType.STRING, SampleType.BINARY, decoder(Base64Text.URL)),
            ConverterKeyword.of("base64", SampleType.BINARY, SampleType.STRING, encoder(false)),
            ConverterKeyword.of("ub64enc", SampleType.BINARY, SampleType.STRING, encoder(true)),
            ConverterKeyword.of("base2", SampleType.BINARY, SampleType.STRING, EncodingConverters::base2),
            ConverterKeyword.of("hex", SampleType.BINARY, SampleType.STRING, EncodingConverters::hex),
            ConverterKeyword.of("hex2i", SampleType.STRING, SampleType.INTEGER, EncodingConverters::hexNumber),
            ConverterKeyword.of("htonl", SampleType.INTEGER, SampleType.BINARY, EncodingConverters::networkOrder));

    private EncodingConverters() {}

    private static Converter decoder(byte[] alphabet) {
        return (context, sample) -> {
            Area out = context.workspace().area();
            if (!Base64Text.decode(sample.bytes(), sample.at(), sample.length(), alphabet, out)) {
                return false;
            }
            sample.take(SampleType.BINARY, out);
            return true;
        };
    }

    private static Converter encoder(boolean url) {
        return (context, sample) -> {
            Area out = context.workspace().area();
            Base64Text.encode(sample.bytes(), sample.at(), sample.length(), url, out);
            return finish(sample, out);
        };
    }

    /** What was written is the value, unless it was too long. */
    private static boolean finish(Sample sample, Area out) {
        sample.take(SampleType.STRING, out);
        return !out.overflowed();
    }

    private static boolean base2(ExpressionContext context, Sample sample) {
        Area out = context.workspace().area();
        for (int i = 0; i < sample.length(); i++) {
            for (int bit = 7; bit >= 0; bit--) {
                out.put('0' + (sample.byteAt(i) >> bit & 1));
            }
        }
        return finish(sample, out);
    }

    private static boolean hex(ExpressionContext context, Sample sample) {
        Area out = context.workspace().area();
        out.putHex(sample.bytes(), sample.at(), sample.length());
        return finish(sample, out);
    }

    /** Of more than 16 digits the last count. */
    private static boolean hexNumber(ExpressionContext context, Sample sample) {
        long value = 0;
        for (int i = 0; i < sample.length(); i++) {
            int digit = Texts.hexDigit(sample.byteAt(i));
            if (digit < 0) {
                return false;
            }
            value = value << 4 | digit;
        }
        sample.integer(value);
        return true;
    }

    private static boolean networkOrder(ExpressionContext context, Sample sample) {
        Area out = context.workspace().area();
        out.putBigEndian(sample.number(), 4);
        sample.take(SampleType.BINARY, out);
        return true;
    }
}
