package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Area;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.List;

/** The header Forwarded (RFC 7239). */
final class ForwardedConverters {

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("rfc7239_is_valid", SampleType.STRING, SampleType.BOOL, ForwardedConverters::isValid),
            ConverterKeyword.of("rfc7239_field", Signature.of(1, ArgumentKind.STRING), SampleType.STRING,
                    SampleType.STRING, ForwardedConverters::field),
            ConverterKeyword.of("rfc7239_n2nn", Signature.NONE, SampleType.STRING, SampleType.ANY,
                    a -> (context, sample) -> ForwardedNode.name(sample)),
            ConverterKeyword.of("rfc7239_n2np", Signature.NONE, SampleType.STRING, SampleType.ANY,
                    a -> (context, sample) -> ForwardedNode.port(sample)),
            ConverterKeyword.of("rfc7239_nn", Signature.NONE, SampleType.ANY, SampleType.STRING,
                    a -> ForwardedConverters::nodeName),
            ConverterKeyword.of("rfc7239_np", Signature.NONE, SampleType.ANY, SampleType.STRING,
                    a -> ForwardedConverters::nodePort));

    private ForwardedConverters() {}

    private static boolean isValid(ExpressionContext context, Sample sample) {
        sample.bool(new ForwardedHeader(sample).isValid());
        return true;
    }

    private static Converter field(Arguments arguments) throws ExpressionError {
        int field = ForwardedHeader.NAMES.indexOf(arguments.text(0));
        if (field < 0) {
            throw new ExpressionError("expected 'proto', 'host', 'for' or 'by', got '" + arguments.text(0) + "'");
        }
        return (context, sample) -> {
            ForwardedHeader header = new ForwardedHeader(sample);
            if (!header.isValid() || !header.has(field)) {
                return false;
            }
            sample.slice(header.at(field) - sample.at(), header.length(field));
            return true;
        };
    }

    private static boolean nodeName(ExpressionContext context, Sample sample) {
        Area out = context.workspace().area();
        switch (sample.type()) {
            case IPV4 -> Casts.append(sample, out);
            case IPV6 -> {
                out.put('[');
                Casts.append(sample, out);
                out.put(']');
            }
            case STRING, BINARY, METHOD -> {
                if (sample.length() == 0) {
                    out.put("unknown");
                } else if (!hidden(sample, out)) {
                    return false;
                }
            }
            default -> {
                return false;
            }
        }
        sample.take(SampleType.STRING, out);
        return !out.overflowed();
    }

    private static boolean nodePort(ExpressionContext context, Sample sample) {
        Area out = context.workspace().area();
        if (sample.type() == SampleType.INTEGER) {
            if (sample.number() < 0 || sample.number() > 65535) {
                return false;
            }
            out.putNumber(sample.number());
        } else if (!sample.type().isText() || sample.length() == 0 || !hidden(sample, out)) {
            return false;
        }
        sample.take(SampleType.STRING, out);
        return !out.overflowed();
    }

    /** An identifier that hides what it stands for. */
    private static boolean hidden(Sample sample, Area out) {
        out.put('_');
        for (int i = 0; i < sample.length(); i++) {
            if (!ForwardedNode.isHiddenCharacter(sample.byteAt(i))) {
                return false;
            }
            out.put(sample.byteAt(i));
        }
        return true;
    }
}
