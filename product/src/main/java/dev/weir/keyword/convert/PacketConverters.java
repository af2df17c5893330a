package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.List;

/** Ethernet frames and IP packets, as {@code fc_saved_syn} gives them. */
final class PacketConverters {

    private static final int ADDRESSES = 12;
    private static final int VLAN = 0x8100;
    private static final int PROVIDER_VLAN = 0x88a8;

    static final List<ConverterKeyword> ALL = List.of(
            part("eth.data", s -> slice(s, etherHeader(s), s.length())),
            part("eth.dst", s -> slice(s, 0, 6)),
            part("eth.src", s -> slice(s, 6, 12)),
            part("eth.hdr", s -> slice(s, 0, etherHeader(s))),
            number("eth.proto", s -> etherHeader(s) < 0 ? -1 : u16(s, etherHeader(s) - 2)),
            number("eth.vlan", s -> etherHeader(s) <= 14 ? -1 : u16(s, etherHeader(s) - 4) & 0xfff),
            part("ip.data", s -> slice(s, IpHeader.length(s), s.length())),
            part("ip.hdr", s -> slice(s, 0, IpHeader.length(s))),
            number("ip.df", s -> IpHeader.version(s) == 6 ? 1
                    : IpHeader.version(s) == 4 ? s.byteAt(6) >> 6 & 1 : -1),
            address("ip.dst", 16, 24),
            address("ip.src", 12, 8),
            number("ip.proto", IpHeader::protocol),
            number("ip.tos", IpHeader::trafficClass),
            number("ip.ttl", s -> IpHeader.version(s) < 0 ? -1 : s.byteAt(IpHeader.version(s) == 4 ? 8 : 7) & 0xff),
            number("ip.ver", IpHeader::version),
            ConverterKeyword.of("ip.fp", Signature.of(0, ArgumentKind.INTEGER), SampleType.BINARY, SampleType.BINARY,
                    PacketConverters::fingerprint));

    /** Cuts the sample; false when what is asked for is not there. */
    @FunctionalInterface
    interface Part {
        boolean cut(Sample sample);
    }

    /** Reads a number that is never negative, -1 when it is not there. */
    @FunctionalInterface
    interface Number {
        long read(Sample sample);
    }

    private PacketConverters() {}

    static ConverterKeyword part(String name, Part part) {
        return ConverterKeyword.of(name, SampleType.BINARY, SampleType.BINARY, (context, sample) -> part.cut(sample));
    }

    static ConverterKeyword number(String name, Number number) {
        return ConverterKeyword.of(name, SampleType.BINARY, SampleType.INTEGER, (context, sample) -> {
            long value = number.read(sample);
            if (value < 0) {
                return false;
            }
            sample.integer(value);
            return true;
        });
    }

    private static ConverterKeyword address(String name, int at4, int at6) {
        return ConverterKeyword.of(name, SampleType.BINARY, SampleType.ADDRESS, (context, sample) -> {
            switch (IpHeader.version(sample)) {
                case 4 -> sample.ipv4((int) u32(sample, at4));
                case 6 -> sample.ipv6(u32(sample, at6) << 32 | u32(sample, at6 + 4),
                        u32(sample, at6 + 8) << 32 | u32(sample, at6 + 12));
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    static boolean slice(Sample sample, int from, int to) {
        if (from < 0 || to < from || to > sample.length()) {
            return false;
        }
        sample.slice(from, to - from);
        return true;
    }

    static int u16(Sample sample, int at) {
        return (sample.byteAt(at) & 0xff) << 8 | sample.byteAt(at + 1) & 0xff;
    }

    static long u32(Sample sample, int at) {
        return (long) u16(sample, at) << 16 | u16(sample, at + 2);
    }

    /** How long the header is, with all tags of virtual networks; -1 when it is not complete. */
    private static int etherHeader(Sample sample) {
        int at = ADDRESSES;
        while (at + 2 <= sample.length()) {
            int type = u16(sample, at);
            if (type != VLAN && type != PROVIDER_VLAN) {
                return at + 2;
            }
            at += 4;
        }
        return -1;
    }

    private static Converter fingerprint(Arguments arguments) {
        int mode = (int) arguments.number(0, 0);
        return (context, sample) -> {
            Area out = context.workspace().area();
            if (!IpHeader.fingerprint(sample, mode, out)) {
                return false;
            }
            sample.take(SampleType.BINARY, out);
            return true;
        };
    }
}
