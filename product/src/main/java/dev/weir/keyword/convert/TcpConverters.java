package dev.weir.keyword.convert;

import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.List;

/** TCP headers, as {@code ip.data} gives them. */
final class TcpConverters {

    static final List<ConverterKeyword> ALL = List.of(
            field("tcp.src", s -> PacketConverters.u16(s, 0)),
            field("tcp.dst", s -> PacketConverters.u16(s, 2)),
            field("tcp.seq", s -> PacketConverters.u32(s, 4)),
            field("tcp.flags", s -> s.byteAt(13) & 0xff),
            field("tcp.win", s -> PacketConverters.u16(s, 14)),
            option("tcp.options.mss", o -> o.has(TcpOptions.SEGMENT_SIZE) ? o.value(TcpOptions.SEGMENT_SIZE, 2) : 0),
            option("tcp.options.sack", o -> o.has(TcpOptions.SACK_PERMITTED) ? 1 : 0),
            option("tcp.options.tsopt", o -> o.has(TcpOptions.TIMESTAMP) ? 1 : 0),
            option("tcp.options.tsval", TcpConverters::timestamp),
            option("tcp.options.wscale", o -> o.has(TcpOptions.WINDOW_SCALE) ? o.value(TcpOptions.WINDOW_SCALE, 1) : 0),
            option("tcp.options.wsopt", o -> o.has(TcpOptions.WINDOW_SCALE) ? 1 : 0),
            ConverterKeyword.of("tcp.options_list", SampleType.BINARY, SampleType.BINARY, TcpConverters::list));

    /** Reads a number of the options, -1 when it is not there. */
    @FunctionalInterface
    private interface Option {
        long read(TcpOptions options);
    }

    private TcpConverters() {}

    private static ConverterKeyword field(String name, PacketConverters.Number number) {
        return PacketConverters.number(name, s -> s.length() < 20 ? -1 : number.read(s));
    }

    private static ConverterKeyword option(String name, Option option) {
        return PacketConverters.number(name, s -> {
            TcpOptions options = new TcpOptions(s, 0);
            return options.isComplete() ? option.read(options) : -1;
        });
    }

    private static long timestamp(TcpOptions options) {
        int high = options.value(TcpOptions.TIMESTAMP, 2);
        return high < 0 ? -1 : options.value(TcpOptions.TIMESTAMP, 4) & 0xffff_ffffL;
    }

    private static boolean list(ExpressionContext context, Sample sample) {
        TcpOptions options = new TcpOptions(sample, 0);
        if (!options.isComplete()) {
            return false;
        }
        Area out = context.workspace().area();
        options.list(out);
        sample.take(SampleType.BINARY, out);
        return true;
    }
}
