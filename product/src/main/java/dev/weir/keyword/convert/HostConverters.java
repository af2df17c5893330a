package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Area;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import java.util.List;

/** Addresses and the values of Host headers. */
final class HostConverters {

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("host_only", SampleType.STRING, SampleType.STRING, HostConverters::host),
            ConverterKeyword.of("port_only", SampleType.STRING, SampleType.INTEGER, HostConverters::port),
            ConverterKeyword.of("ipmask", Signature.of(1, ArgumentKind.MASK4, ArgumentKind.MASK6),
                    SampleType.ADDRESS, SampleType.ADDRESS, HostConverters::mask));

    private HostConverters() {}

    /** Where the colon before the port stands, or the end; the brackets of an IPv6 address hide its colons. */
    private static int hostLength(Sample sample) {
        int at = sample.length() - 1;
        while (at >= 0 && Texts.isDigit(sample.byteAt(at))) {
            at--;
        }
        if (at >= 0 && sample.byteAt(at) == ':') {
            return at;
        }
        if (sample.length() > 0 && sample.byteAt(0) == '[') {
            int close = Texts.indexOf(sample.bytes(), sample.at(), sample.end(), ']');
            return close < 0 ? sample.length() : close + 1 - sample.at();
        }
        int colon = Texts.indexOf(sample.bytes(), sample.at(), sample.end(), ':');
        return colon < 0 ? sample.length() : colon - sample.at();
    }

    private static boolean host(ExpressionContext context, Sample sample) {
        int length = hostLength(sample);
        Area out = context.workspace().area();
        for (int i = 0; i < length; i++) {
            out.put(Texts.lower(sample.byteAt(i)));
        }
        sample.take(SampleType.STRING, out);
        return !out.overflowed();
    }

    /** 0 without a port; what is no number is no port. */
    private static boolean port(ExpressionContext context, Sample sample) {
        int from = hostLength(sample) + 1;
        int digits = Math.max(sample.length() - from, 0);
        for (int i = from; i < sample.length(); i++) {
            if (!Texts.isDigit(sample.byteAt(i))) {
                return false;
            }
        }
        sample.integer(Casts.leadingInteger(sample.bytes(), sample.at() + from, digits));
        return true;
    }

    private static Converter mask(Arguments arguments) {
        int mask4 = (int) arguments.address(0).number();
        boolean masksIpv6 = arguments.has(1);
        long high = masksIpv6 ? arguments.address(1).high() : 0;
        long low = masksIpv6 ? arguments.address(1).low() : 0;
        return (context, sample) -> {
            if (sample.type() == SampleType.IPV6 && masksIpv6) {
                sample.ipv6(sample.high() & high, sample.low() & low);
                return true;
            }
            // without a mask for it an IPv6 address counts only as the IPv4 one that it maps
            if (!Casts.toIpv4(sample)) {
                return false;
            }
            sample.ipv4((int) sample.low() & mask4);
            return true;
        };
    }
}
