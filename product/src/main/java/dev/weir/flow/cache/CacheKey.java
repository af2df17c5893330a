package dev.weir.flow.cache;

import dev.weir.base.hash.Hash64;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import java.util.Arrays;

/** What an object is found by: the host and the target of the request. Immutable. */
final class CacheKey {

    private final byte[] bytes;
    private final long hash;

    private CacheKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Hash64.xxh64(bytes, 0, bytes.length, 0);
    }

    static CacheKey of(Head request) {
        int host = request.find(HeaderName.HOST);
        int length = host < 0 ? 0 : request.valueLength(host);
        byte[] bytes = new byte[length + 1 + request.targetLength()];
        for (int i = 0; i < length; i++) {
            byte octet = request.area()[request.valueAt(host) + i];
            bytes[i] = octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
        }
        System.arraycopy(request.area(), request.targetAt(), bytes, length + 1, request.targetLength());
        return new CacheKey(bytes);
    }

    long hash() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey key && key.hash == hash && Arrays.equals(key.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return (int) hash;
    }
}
