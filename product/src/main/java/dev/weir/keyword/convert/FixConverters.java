package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages of the Financial Information eXchange protocol: fields {@code tag=value}, each ended by a byte 1. */
final class FixConverters {

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("fix_is_valid", SampleType.BINARY, SampleType.BOOL, FixConverters::validate),
            ConverterKeyword.of("fix_tag_value", Signature.of(1, ArgumentKind.STRING), SampleType.BINARY,
                    SampleType.BINARY, FixConverters::value));

    private static final int BEGIN_STRING = 8;
    private static final int BODY_LENGTH = 9;
    private static final int MESSAGE_TYPE = 35;
    private static final int CHECKSUM = 10;

    private static final byte[][] VERSIONS = {ascii("FIX.4.0"), ascii("FIX.4.1"), ascii("FIX.4.2"), ascii("FIX.4.3"),
        ascii("FIX.4.4"), ascii("FIXT.1.1")};

    private FixConverters() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Walks over the fields of a message. */
    private static final class Fields {
        final byte[] text;
        final int end;
        int at;
        int tag;
        int valueAt;
        int valueLength;
        boolean broken;

        Fields(Sample sample) {
            text = sample.bytes();
            at = sample.at();
            end = sample.end();
        }

        /** False at the end, at a field that is not complete, and at a broken one. */
        boolean next() {
            int i = at;
            long number = 0;
            while (i < end && Texts.isDigit(text[i]) && number < Integer.MAX_VALUE / 10) {
                number = number * 10 + text[i++] - '0';
            }
            int stop = Texts.indexOf(text, at, end, 1);
            if (stop < 0) {
                return false;
            }
            if (text[i] != '=' || i == at) {
                broken = true;
                return false;
            }
            tag = (int) number;
            valueAt = i + 1;
            valueLength = stop - valueAt;
            at = stop + 1;
            return true;
        }

        long number() {
            long value = 0;
            for (int i = 0; i < valueLength; i++) {
                if (!Texts.isDigit(text[valueAt + i]) || i > 9) {
                    return -1;
                }
                value = value * 10 + text[valueAt + i] - '0';
            }
            return valueLength == 0 ? -1 : value;
        }
    }

    /** Up to the checksum, which ends a message; as long as that has not come there is no answer. */
    private static boolean validate(ExpressionContext context, Sample sample) {
        int start = sample.at();
        Fields fields = new Fields(sample);
        long bodyLength = -1;
        int bodyAt = 0;
        for (int number = 1; ; number++) {
            int fieldAt = fields.at;
            if (!fields.next()) {
                return verdict(fields, sample);
            }
            boolean right = switch (number) {
                case 1 -> fields.tag == BEGIN_STRING && isVersion(fields);
                case 2 -> fields.tag == BODY_LENGTH && fields.number() >= 0;
                case 3 -> fields.tag == MESSAGE_TYPE;
                default -> true;
            };
            if (number == 2) {
                bodyLength = fields.number();
                bodyAt = fields.at;
            }
            boolean last = number > 3 && fields.tag == CHECKSUM;
            if (!right || last) {
                sample.bool(right && fieldAt - bodyAt == bodyLength
                        && fields.number() == sum(fields.text, start, fieldAt));
                return true;
            }
        }
    }

    private static boolean verdict(Fields fields, Sample sample) {
        if (!fields.broken) {
            return false;
        }
        sample.bool(false);
        return true;
    }

    private static int sum(byte[] text, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += text[i] & 0xff;
        }
        return sum & 0xff;
    }

    private static boolean isVersion(Fields fields) {
        for (byte[] version : VERSIONS) {
            if (version.length == fields.valueLength
                    && Texts.equal(version, 0, fields.text, fields.valueAt, version.length)) {
                return true;
            }
        }
        return false;
    }

    private static Converter value(Arguments arguments) throws ExpressionError {
        int wanted = tag(arguments.text(0));
        return (context, sample) -> {
            Fields fields = new Fields(sample);
            while (fields.next()) {
                if (fields.tag == wanted) {
                    sample.binary(fields.text, fields.valueAt, fields.valueLength);
                    return true;
                }
            }
            return false;
        };
    }

    private static int tag(String text) throws ExpressionError {
        int known = switch (text) {
            case "BeginString" -> BEGIN_STRING;
            case "BodyLength" -> BODY_LENGTH;
            case "MsgType" -> MESSAGE_TYPE;
            case "SenderCompID" -> 49;
            case "TargetCompID" -> 56;
            case "CheckSum" -> CHECKSUM;
            default -> 0;
        };
        Long number = text.isEmpty() ? null : Operands.literal(text);
        if (known == 0 && number != null && number > 0 && number < Integer.MAX_VALUE) {
            known = number.intValue();
        }
        if (known == 0) {
            throw new ExpressionError("Unknown FIX tag name '" + text + "'");
        }
        return known;
    }
}
