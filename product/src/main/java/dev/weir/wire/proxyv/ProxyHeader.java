package dev.weir.wire.proxyv;

import dev.weir.base.address.Address;

/**
 * What a PROXY or NetScaler CIP header said: the two addresses and the TLVs, kept as one block of bytes and searched on
 * demand, since most connections are never asked. Immutable.
 */
public final class ProxyHeader {

    /** Values above this are dropped on reading, as {@code fc_pp_tlv} promises: nobody can make us keep more. */
    static final int MAX_VALUE = 1024;

    private static final byte[] NO_TLVS = {};

    /** The connection speaks for itself: LOCAL, UNKNOWN, UNSPEC. */
    public static final ProxyHeader LOCAL = new ProxyHeader(true, Address.NONE, Address.NONE, NO_TLVS);

    private final boolean local;
    private final Address source;
    private final Address destination;
    private final byte[] tlvs;

    private ProxyHeader(boolean local, Address source, Address destination, byte[] tlvs) {
        this.local = local;
        this.source = source;
        this.destination = destination;
        this.tlvs = tlvs;
    }

    static ProxyHeader of(Address source, Address destination) {
        return new ProxyHeader(false, source, destination, NO_TLVS);
    }

    /** Takes the array, whose TLVs are known to be well formed. */
    static ProxyHeader of(Address source, Address destination, byte[] tlvs) {
        return new ProxyHeader(false, source, destination, tlvs);
    }

    /** Whether the real addresses of the connection hold. */
    public boolean isLocal() {
        return local;
    }

    public Address source() {
        return source;
    }

    public Address destination() {
        return destination;
    }

    /** The value of the first TLV of this type, or null. */
    public byte[] tlv(int type) {
        return tlv(type, 0);
    }

    /** The value of the nth TLV (from 0) of this type in the order of the header, those inside SSL included, or null. */
    public byte[] tlv(int type, int nth) {
        int skip = nth;
        int at = 0;
        while (at < tlvs.length) {
            int value = at + Tlv.HEAD;
            int length = length(at);
            if (type(at) == type && skip-- == 0) {
                return copy(value, length);
            }
            int inside = type(at) == Tlv.SSL ? value + Tlv.SSL_FIXED : value + length;
            // the sub TLVs were not checked on reading: what overruns its parent is not there
            while (inside + Tlv.HEAD <= value + length && inside + Tlv.HEAD + length(inside) <= value + length) {
                if (type(inside) == type && skip-- == 0) {
                    return copy(inside + Tlv.HEAD, length(inside));
                }
                inside += Tlv.HEAD + length(inside);
            }
            at = value + length;
        }
        return null;
    }

    private int type(int at) {
        return tlvs[at] & 0xff;
    }

    private int length(int at) {
        return (tlvs[at + 1] & 0xff) << 8 | tlvs[at + 2] & 0xff;
    }

    private byte[] copy(int from, int length) {
        byte[] value = new byte[length];
        System.arraycopy(tlvs, from, value, 0, length);
        return value;
    }
}
