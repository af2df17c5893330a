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

/** Fields of protocol buffers, bare or in a gRPC frame. */
final class ProtobufConverters {

    private static final Signature FIELD = Signature.of(1, ArgumentKind.FIELD_NUMBERS, ArgumentKind.STRING);
    private static final int FRAME_HEADER = 5;

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("protobuf", FIELD, SampleType.BINARY, SampleType.BINARY, a -> make(a, false)),
            ConverterKeyword.of("ungrpc", FIELD, SampleType.BINARY, SampleType.BINARY, a -> make(a, true)));

    private ProtobufConverters() {}

    private static Converter make(Arguments arguments, boolean framed) throws ExpressionError {
        int[] path = (int[]) arguments.value(0);
        String typeName = arguments.text(1);
        ProtobufType type = arguments.hasText(1) ? ProtobufType.find(typeName) : ProtobufType.RAW;
        if (type == null) {
            throw new ExpressionError("Wrong protocol buffer type '" + typeName + "'");
        }
        return (context, sample) -> (!framed || unframe(sample)) && new ProtobufReader(sample).find(path, type);
    }

    /** Skips the header of the first message; what it says of the length must be there. */
    private static boolean unframe(Sample sample) {
        if (sample.length() <= FRAME_HEADER) {
            return false;
        }
        long length = 0;
        for (int i = 1; i < FRAME_HEADER; i++) {
            length = length << 8 | sample.byteAt(i) & 0xff;
        }
        if (length > sample.length() - FRAME_HEADER) {
            return false;
        }
        sample.slice(FRAME_HEADER, (int) length);
        return true;
    }
}
