package dev.weir.flow.cache;

import dev.weir.model.value.HttpDate;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;

/**
 * What the headers of a message say about keeping it. Immutable.
 *
 * @param maxAge seconds, -1 when nothing is said; {@code sMaxAge} likewise for shared caches
 */
public record CacheDirectives(boolean noCache, boolean noStore, boolean isPrivate, boolean isPublic,
        boolean noCacheOfCookies, long maxAge, long sMaxAge) {

    private static final HeaderName PRAGMA = HeaderName.of("pragma");
    private static final HeaderName EXPIRES = HeaderName.of("expires");

    public static CacheDirectives of(Head head) {
        boolean noCache = false;
        boolean noStore = false;
        boolean priv = false;
        boolean pub = false;
        boolean cookies = false;
        long maxAge = -1;
        long sMaxAge = -1;
        for (int i = head.find(PRAGMA); i >= 0; i = head.find(PRAGMA, i + 1)) {
            for (Words words = new Words(head, i); words.next(); ) {
                noCache |= words.is("no-cache");
            }
        }
        for (int i = head.find(HeaderName.CACHE_CONTROL); i >= 0; i = head.find(HeaderName.CACHE_CONTROL, i + 1)) {
            for (Words words = new Words(head, i); words.next(); ) {
                noStore |= words.is("no-store");
                priv |= words.is("private");
                pub |= words.is("public");
                if (words.is("no-cache")) {
                    cookies |= words.hasValue();
                    noCache |= !words.hasValue();
                } else if (words.is("max-age")) {
                    maxAge = words.number();
                } else if (words.is("s-maxage")) {
                    sMaxAge = words.number();
                }
            }
        }
        return new CacheDirectives(noCache, noStore, priv, pub, cookies, maxAge, sMaxAge);
    }

    /** Whether a client wants no answer from a cache. */
    boolean wantsFresh() {
        return noCache || noStore || maxAge == 0;
    }

    /** Whether an answer may be kept for others. */
    boolean mayBeShared() {
        return !noCache && !noStore && !isPrivate && maxAge != 0 && sMaxAge != 0;
    }

    /** How long an answer is good, in seconds; -1 when it does not say. */
    long freshFor(Head answer, long nowSeconds) {
        if (sMaxAge >= 0 || maxAge >= 0) {
            return sMaxAge >= 0 ? sMaxAge : maxAge;
        }
        long expires = date(answer, EXPIRES);
        return expires == HttpDate.INVALID ? answer.find(EXPIRES) >= 0 ? 0 : -1 : Math.max(0, expires - nowSeconds);
    }

    static long date(Head head, HeaderName name) {
        int found = head.find(name);
        return found < 0 ? HttpDate.INVALID : HttpDate.parse(head.area(), head.valueAt(found),
                head.valueAt(found) + head.valueLength(found));
    }
}
