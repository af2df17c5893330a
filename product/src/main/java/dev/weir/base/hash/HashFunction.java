package dev.weir.base.hash;

/** The functions of {@code hash-type}, with or without the avalanche behind them. Immutable. */
public record HashFunction(Kind kind, boolean avalanche) {

    /** By their names in the configuration. */
    public enum Kind { SDBM, DJB2, WT6, CRC32, NONE }

    /** As 32 bits without a sign. */
    public long of(byte[] data, int from, int count) {
        int hash = switch (kind) {
            case SDBM -> Hash32.sdbm(data, from, count);
            case DJB2 -> Hash32.djb2(data, from, count);
            case WT6 -> Hash32.wt6(data, from, count);
            case CRC32 -> Hash32.crc32(data, from, count);
            case NONE -> Hash32.decimal(data, from, count);
        };
        return finish(hash);
    }

    /** For a hash that another function has made. */
    public long finish(int hash) {
        return (avalanche ? Hash32.avalanche(hash) : hash) & 0xffff_ffffL;
    }
}
