package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Area;
import dev.weir.model.value.SampleType;
import java.util.List;

/** Bytes written as numbers in chunks, with a separator between them. */
final class NumberTextConverters {

    private static final Signature CHUNKS = Signature.of(1, ArgumentKind.STRING, ArgumentKind.INTEGER,
            ArgumentKind.INTEGER);
    private static final Signature OPTIONAL_CHUNKS = Signature.of(0, ArgumentKind.STRING, ArgumentKind.INTEGER,
            ArgumentKind.INTEGER);

    /** Writes one chunk. */
    @FunctionalInterface
    private interface Writer {
        void write(byte[] data, int at, int length, Area out);
    }

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("be2dec", CHUNKS, SampleType.BINARY, SampleType.STRING, a -> decimal(a, false)),
            ConverterKeyword.of("le2dec", CHUNKS, SampleType.BINARY, SampleType.STRING, a -> decimal(a, true)),
            ConverterKeyword.of("be2hex", OPTIONAL_CHUNKS, SampleType.BINARY, SampleType.STRING,
                    NumberTextConverters::hex));

    private NumberTextConverters() {}

    private static Converter decimal(Arguments arguments, boolean littleEndian) throws ExpressionError {
        long size = arguments.number(1, 0);
        if (size < 1 || size > 8) {
            throw new ExpressionError("chunk_size out of [1..8] range (" + size + ")");
        }
        return chunks(arguments, (int) size, (data, at, length, out) -> {
            long value = 0;
            for (int i = 0; i < length; i++) {
                value = value << 8 | data[littleEndian ? at + length - 1 - i : at + i] & 0xff;
            }
            out.putUnsigned(value);
        });
    }

    private static Converter hex(Arguments arguments) throws ExpressionError {
        if (arguments.count() == 0) {
            return chunks(arguments, Integer.MAX_VALUE, (data, at, length, out) -> out.putHex(data, at, length));
        }
        long size = arguments.number(1, arguments.hasText(0) ? 0 : 1);
        if (size <= 0) {
            throw new ExpressionError("chunk_size needs to be positive (" + size + ")");
        }
        return chunks(arguments, (int) Math.min(size, Integer.MAX_VALUE),
                (data, at, length, out) -> out.putHex(data, at, length));
    }

    private static Converter chunks(Arguments arguments, int size, Writer writer) {
        byte[] separator = arguments.bytes(0);
        boolean truncates = arguments.number(2, 0) != 0;
        return (context, sample) -> {
            Area out = context.workspace().area();
            int end = truncates ? sample.length() - sample.length() % size : sample.length();
            for (int i = 0; i < end; ) {
                int length = Math.min(size, end - i);
                if (i > 0) {
                    out.put(separator);
                }
                writer.write(sample.bytes(), sample.at() + i, length, out);
                i += length;
            }
            sample.take(SampleType.STRING, out);
            return !out.overflowed();
        };
    }
}
