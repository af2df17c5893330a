package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The choice among languages that an Accept-Language header asks for. */
final class LanguageConverters {

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("language", Signature.of(1, ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.STRING, SampleType.STRING, LanguageConverters::language));

    private LanguageConverters() {}

    private static Converter language(Arguments arguments) {
        String[] names = arguments.text(0).split(";");
        byte[][] offered = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            offered[i] = names[i].getBytes(StandardCharsets.ISO_8859_1);
        }
        byte[] otherwise = arguments.has(1) ? arguments.bytes(1) : null;
        return (context, sample) -> {
            byte[] best = choose(sample, offered);
            if (best == null) {
                best = otherwise;
            }
            if (best == null) {
                return false;
            }
            sample.string(best);
            return true;
        };
    }

    private static byte[] choose(Sample sample, byte[][] offered) {
        byte[] best = null;
        int bestWeight = 0;
        byte[] text = sample.bytes();
        for (int at = sample.at(); at < sample.end(); ) {
            int next = Texts.indexOf(text, at, sample.end(), ',');
            next = next < 0 ? sample.end() : next;
            while (at < next && isBlank(text[at])) {
                at++;
            }
            int nameEnd = at;
            while (nameEnd < next && text[nameEnd] != ';' && !isBlank(text[nameEnd])) {
                nameEnd++;
            }
            byte[] match = find(text, at, nameEnd, offered);
            int weight = match == null ? 0 : weight(text, nameEnd, next);
            if (weight > bestWeight) {
                best = match;
                bestWeight = weight;
            }
            at = next + 1;
        }
        return best;
    }

    /** The whole name, else what stands before its dash. */
    private static byte[] find(byte[] text, int from, int to, byte[][] offered) {
        int dash = Texts.indexOf(text, from, to, '-');
        byte[] base = null;
        for (byte[] name : offered) {
            if (name.length == to - from && Texts.equal(name, 0, text, from, name.length)) {
                return name;
            }
            if (dash >= 0 && base == null && name.length == dash - from
                    && Texts.equal(name, 0, text, from, name.length)) {
                base = name;
            }
        }
        return base;
    }

    /** In thousandths; 1000 without one. */
    private static int weight(byte[] text, int from, int to) {
        int at = from;
        while (at < to && (isBlank(text[at]) || text[at] == ';')) {
            at++;
        }
        if (at + 1 >= to || text[at] != 'q') {
            return 1000;
        }
        do {
            at++;
        } while (at < to && (isBlank(text[at]) || text[at] == '='));
        int weight = at < to && text[at] >= '1' && text[at] <= '9' ? 1000 : 0;
        if (weight == 0 && at + 1 < to && text[at] == '0' && text[at + 1] == '.') {
            int unit = 100;
            for (int i = at + 2; i < to && Texts.isDigit(text[i]) && unit > 0; i++, unit /= 10) {
                weight += (text[i] - '0') * unit;
            }
        }
        return weight;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
