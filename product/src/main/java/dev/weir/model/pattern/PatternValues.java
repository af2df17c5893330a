package dev.weir.model.pattern;

import dev.weir.model.value.AddressText;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import java.nio.charset.StandardCharsets;

/** What a match gives: nothing, or the value or key of its line as a sample of some type. */
public enum PatternValues {
    /** Only whether it matched. */
    NONE(SampleType.ANY),
    STRING(SampleType.STRING),
    INTEGER(SampleType.INTEGER),
    ADDRESS(SampleType.ADDRESS),
    /** The line's key instead of its value. */
    KEY(SampleType.STRING);

    private final SampleType type;

    PatternValues(SampleType type) {
        this.type = type;
    }

    public SampleType type() {
        return type;
    }

    /** The sample of one line, never changed afterwards. */
    Sample sample(PatternEntry entry) throws PatternError {
        if (this == NONE) {
            return null;
        }
        return parse(this == KEY ? entry.key() : entry.value() == null ? new byte[0] : entry.value());
    }

    /** A text as this type. */
    public Sample parse(byte[] text) throws PatternError {
        Sample sample = new Sample();
        boolean right = switch (this) {
            case NONE, STRING, KEY -> {
                sample.string(text);
                yield true;
            }
            case INTEGER -> isInteger(text) && integer(text, sample);
            case ADDRESS -> {
                long bits = AddressText.ipv4(text, 0, text.length, true);
                if (bits >= 0) {
                    sample.ipv4((int) bits);
                }
                yield bits >= 0 || AddressText.parseIpv6(text, 0, text.length, sample);
            }
        };
        if (!right) {
            throw new PatternError("unable to parse '" + new String(text, StandardCharsets.ISO_8859_1) + "'");
        }
        return sample;
    }

    private static boolean integer(byte[] text, Sample out) {
        out.integer(Casts.leadingInteger(text, 0, text.length));
        return true;
    }

    private static boolean isInteger(byte[] text) {
        int from = text.length > 1 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
        for (int i = from; i < text.length; i++) {
            if (!Texts.isDigit(text[i])) {
                return false;
            }
        }
        return text.length > 0;
    }
}
