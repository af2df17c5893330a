package dev.weir.flow.cache;

import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Method;

/**
 * Whether a cookie of a server may end up in a cache and so with others: {@code option checkcache} (configuration.txt 4.2).
 * An answer that says neither how long it is good nor how it can be asked for again is not kept by caches, as HAProxy has
 * it. Stateless.
 */
public final class SharedCookie {

    private static final HeaderName[] COOKIES = {HeaderName.of("set-cookie"), HeaderName.of("set-cookie2")};
    private static final HeaderName[] KEPT_BY = {HeaderName.of("expires"), HeaderName.of("etag"),
        HeaderName.of("last-modified")};
    private static final HeaderName PRAGMA = HeaderName.of("pragma");

    private SharedCookie() {}

    public static boolean isRisked(Head request, Head answer) {
        if (!has(answer, COOKIES)) {
            return false;
        }
        boolean lasts = has(answer, KEPT_BY);
        boolean isPublic = false;
        for (int i = answer.find(HeaderName.CACHE_CONTROL); i >= 0; i = answer.find(HeaderName.CACHE_CONTROL, i + 1)) {
            for (Words words = new Words(answer, i); words.next(); ) {
                boolean plain = !words.hasValue();
                boolean aged = words.is("max-age") || words.is("s-maxage");
                if (plain && (words.is("private") || words.is("no-store") || words.is("no-cache"))
                        || aged && words.number() == 0 || words.is("no-cache") && words.isValueOf("\"set-cookie")) {
                    return false;
                }
                lasts |= aged;
                isPublic |= plain && words.is("public");
            }
        }
        for (int i = answer.find(PRAGMA); i >= 0; i = answer.find(PRAGMA, i + 1)) {
            for (Words words = new Words(answer, i); words.next(); ) {
                if (words.is("no-cache")) {
                    return false;
                }
            }
        }
        return lasts && (isPublic || isKept(request.method()) && isKept(answer.status()));
    }

    private static boolean has(Head head, HeaderName[] any) {
        for (HeaderName name : any) {
            if (head.find(name) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKept(Method method) {
        return method == Method.GET || method == Method.HEAD || method == Method.OPTIONS || method == Method.TRACE;
    }

    private static boolean isKept(int status) {
        return switch (status) {
            case 200, 203, 204, 206, 300, 301, 404, 405, 410, 414, 501 -> true;
            default -> false;
        };
    }
}
