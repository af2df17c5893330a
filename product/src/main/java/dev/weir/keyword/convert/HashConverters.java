package dev.weir.keyword.convert;

import dev.weir.base.hash.Hash32;
import dev.weir.base.hash.Hash64;
import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.SampleType;
import java.util.List;

/** Hashes that give integers. */
final class HashConverters {

    private static final Signature OPTIONAL_NUMBER = Signature.of(0, ArgumentKind.INTEGER);

    /** A function of 32 bits over a range of an array. */
    @FunctionalInterface
    private interface Function32 {
        int apply(byte[] data, int from, int count);
    }

    /** A function of 64 bits with a seed. */
    @FunctionalInterface
    private interface Function64 {
        long apply(byte[] data, int from, int count, long seed);
    }

    static final List<ConverterKeyword> ALL = List.of(
            avalanching("crc32", Hash32::crc32),
            avalanching("crc32c", Hash32::crc32c),
            avalanching("djb2", Hash32::djb2),
            avalanching("sdbm", Hash32::sdbm),
            avalanching("wt6", Hash32::wt6),
            seeded("xxh3", Xxh3::hash),
            seeded("xxh32", (data, from, count, seed) ->
                    Hash32.xxh32(data, from, count, (int) seed) & 0xffff_ffffL),
            seeded("xxh64", Hash64::xxh64));

    private HashConverters() {}

    private static ConverterKeyword avalanching(String name, Function32 function) {
        return ConverterKeyword.of(name, OPTIONAL_NUMBER, SampleType.BINARY, SampleType.INTEGER,
                arguments -> make(arguments, function));
    }

    /** Any number but zero asks for the avalanche. */
    private static Converter make(Arguments arguments, Function32 function) {
        if (arguments.number(0, 0) == 0) {
            return (context, sample) -> {
                sample.integer(function.apply(sample.bytes(), sample.at(), sample.length()) & 0xffff_ffffL);
                return true;
            };
        }
        return (context, sample) -> {
            int hash = function.apply(sample.bytes(), sample.at(), sample.length());
            sample.integer(Hash32.avalanche(hash) & 0xffff_ffffL);
            return true;
        };
    }

    private static ConverterKeyword seeded(String name, Function64 function) {
        return ConverterKeyword.of(name, OPTIONAL_NUMBER, SampleType.BINARY, SampleType.INTEGER, arguments -> {
            long seed = arguments.number(0, 0);
            return (context, sample) -> {
                sample.integer(function.apply(sample.bytes(), sample.at(), sample.length(), seed));
                return true;
            };
        });
    }
}
