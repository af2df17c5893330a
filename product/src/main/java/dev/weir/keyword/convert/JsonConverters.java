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
import java.util.List;

/** JSON: escaping of strings, and a value of a text by its path. */
final class JsonConverters {

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("json", Signature.of(0, ArgumentKind.STRING), SampleType.STRING, SampleType.STRING,
                    JsonConverters::escape),
            ConverterKeyword.of("json_query", Signature.of(1, ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.STRING, SampleType.ANY, a -> query(a, 0)));

    private JsonConverters() {}

    private static Converter escape(Arguments arguments) throws ExpressionError {
        String code = arguments.hasText(0) ? arguments.text(0) : "ascii";
        if (!List.of("ascii", "utf8", "utf8s", "utf8p", "utf8ps").contains(code)) {
            throw new ExpressionError("Unexpected input code type. Allowed value are 'ascii', 'utf8', 'utf8s', 'utf8p'"
                    + " and 'utf8ps'");
        }
        JsonText text = new JsonText(code.equals("ascii"), code.contains("p"), code.endsWith("s"));
        return (context, sample) -> {
            Area out = context.workspace().area();
            if (!text.escape(sample, out) || out.overflowed()) {
                return false;
            }
            sample.take(SampleType.STRING, out);
            return true;
        };
    }

    /** The path stands at that place of the arguments, the wanted type behind it. */
    static Converter query(Arguments arguments, int index) throws ExpressionError {
        if (!arguments.hasText(index)) {
            throw new ExpressionError("json_path must not be empty");
        }
        boolean integer = arguments.hasText(index + 1);
        if (integer && !arguments.text(index + 1).equals("int")) {
            throw new ExpressionError("output_type only supports \"int\" as argument");
        }
        JsonPath path = JsonPath.parse(arguments.text(index));
        return (context, sample) -> path != null && read(sample, path, integer, context.workspace().area());
    }

    private static boolean read(Sample sample, JsonPath path, boolean integer, Area out) {
        JsonScanner scanner = new JsonScanner(sample.bytes(), sample.at(), sample.end());
        return scanner.find(path) && scanner.value(integer, sample, out) && !out.overflowed();
    }
}
