package dev.weir.flow.cache;

import dev.weir.flow.reply.Reply;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One answer that is kept. Immutable but for the count of those who are given it.
 *
 * @param varies the headers it varies by, as bits of {@link Variant}
 * @param coding what its body is coded in, a bit of {@link BodyCodings}
 * @param storedMs when it was stored
 * @param expiresMs from when on it is not given any more
 * @param ageSeconds how old it was when it came
 * @param etag null when there is none; lastModified likewise, {@code Long.MIN_VALUE}
 * @param links what a client may be told before the answer
 * @param size what it takes, head and body
 */
record CachedObject(CacheKey key, Variant variant, int varies, int coding, Reply reply, boolean chunked, long storedMs,
        long expiresMs, long ageSeconds, byte[] etag, long lastModified, List<byte[]> links, int size, AtomicInteger users) {

    int blocks() {
        return CacheSpec.blocks(size);
    }

    boolean isGoodFor(Variant request) {
        return request == null || request.takes(varies, coding, variant);
    }

    long age(long nowMs) {
        return ageSeconds + (nowMs - storedMs) / 1000;
    }
}
