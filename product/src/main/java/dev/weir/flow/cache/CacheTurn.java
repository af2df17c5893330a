package dev.weir.flow.cache;

import dev.weir.flow.reply.Reply;
import dev.weir.model.value.HttpDate;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one exchange has to do with a cache: what it looked for, what it is given, what is kept of it. Worker-owned. */
public final class CacheTurn {

    private static final byte[] AGE = "age".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};
    static final int BOOKKEEPING = 160;

    private HttpCache cache;
    private CacheKey key;
    private Variant variant;
    private CachedObject hit;
    private Reply reply;
    private boolean chunked;
    private StoreStage storing;
    /** Others may be waiting for what this one brings. */
    private boolean fetching;

    /** Looks for an answer; says whether the cache was asked. */
    public boolean use(HttpCache from, Head request, long nowMs, long nowSeconds) {
        boolean safe = request.method() == Method.GET || request.method() == Method.HEAD;
        cache = from;
        key = request.version() < 11 || request.find(HeaderName.AUTHORIZATION) >= 0 ? null : CacheKey.of(request);
        variant = from.spec().varies() ? Variant.of(request) : null;
        if (key == null || !safe || CacheDirectives.of(request).wantsFresh()) {
            return false;
        }
        CachedObject found = cache.find(key, variant, nowMs);
        if (found != null) {
            letGo();
            hit = found;
            reply = reply(request, nowMs);
            chunked = found.chunked();
        }
        return true;
    }

    private Reply reply(Head request, long nowMs) {
        Reply.Field age = new Reply.Field(AGE, Long.toString(hit.age(nowMs)).getBytes(StandardCharsets.US_ASCII));
        Reply whole = hit.reply().with(age);
        boolean known = isKnownTo(request);
        boolean bodiless = known || request.method() == Method.HEAD;
        return !bodiless ? whole : whole.withStatus(known ? 304 : whole.status(),
                known ? "Not Modified".getBytes(StandardCharsets.US_ASCII) : whole.reason(), new Reply.Whole(NOTHING));
    }

    /** Whether the client has it already, as its conditions say. */
    private boolean isKnownTo(Head request) {
        int tags = request.find(HeaderName.IF_NONE_MATCH);
        if (tags >= 0) {
            return hit.etag() != null && Tags.match(request, hit.etag());
        }
        long since = CacheDirectives.date(request, HeaderName.IF_MODIFIED_SINCE);
        return since != HttpDate.INVALID && hit.lastModified() != HttpDate.INVALID && hit.lastModified() <= since;
    }

    /** The answer that the cache gives, or null. */
    public Reply reply() {
        return reply;
    }

    /** What the cache is called. */
    public byte[] name() {
        return cache.spec().name().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the body it gives goes out in chunks. */
    public boolean isChunked() {
        return chunked;
    }

    public boolean isEmpty() {
        return reply != null && reply.status() == 304;
    }

    /** Keeps an answer, if all that is said about it allows for that, or forgets what it makes stale. */
    public void store(HttpCache into, Head request, Head answer, long nowMs, long nowSeconds) {
        keep(into, request, answer, nowMs, nowSeconds);
        if (storing == null) {
            fetched(false, nowMs);
        }
    }

    private void keep(HttpCache into, Head request, Head answer, long nowMs, long nowSeconds) {
        if (into != cache || key == null || hit != null) {
            return;
        }
        if (request.method() != Method.GET) {
            if (request.method() != Method.HEAD && answer.status() >= 200 && answer.status() < 400) {
                cache.forget(key);
            }
            return;
        }
        CacheDirectives directives = CacheDirectives.of(answer);
        CacheSpec spec = cache.spec();
        int varies = Variant.headers(answer);
        int coding = BodyCodings.used(answer);
        boolean keepable = answer.status() == 200 && directives.mayBeShared()
                && (varies == 0 || spec.varies() && varies != Variant.UNKNOWN)
                && (coding != 0 || (varies & Variant.ACCEPT_ENCODING) == 0)
                && answer.framing() != Framing.UNTIL_CLOSE
                && !(answer.framing() == Framing.LENGTH && answer.bodyLength() + answer.size() > spec.largest());
        if (spec.hints() == CacheSpec.Hints.ONLY) {
            if (answer.status() == 200 && directives.mayBeShared()) {
                keepLinks(answer, nowMs + spec.maxAgeSeconds() * 1000L);
            }
            return;
        }
        long fresh = directives.freshFor(answer, nowSeconds);
        boolean validated = answer.find(HeaderName.ETAG) >= 0 || answer.find(HeaderName.LAST_MODIFIED) >= 0;
        long seconds = Math.min(spec.maxAgeSeconds(), fresh < 0 ? Integer.MAX_VALUE : fresh);
        if (!keepable || fresh < 0 && !validated || seconds <= 0) {
            return;
        }
        long age = age(answer);
        if (age > seconds) {
            return;
        }
        // it is told anew whenever the object is given
        answer.deleteAll(HeaderName.AGE);
        storing = new StoreStage(this, answer, spec.largest(), new Terms(varies, coding, nowMs,
                nowMs + seconds * 1000, age));
    }

    /** The links that are remembered of an answer. */
    List<byte[]> links(Head answer) {
        return cache.spec().hints() == CacheSpec.Hints.OFF ? List.of() : Links.of(answer);
    }

    /** Whether another request has gone for the same and its answer is worth waiting for; if not, this one goes. */
    public boolean isAskedFor(long nowMs) {
        if (cache.spec().patienceMs() == 0 || fetching) {
            return false;
        }
        fetching = cache.beginFetch(key, nowMs);
        return !fetching;
    }

    private void fetched(boolean stored, long nowMs) {
        if (fetching) {
            fetching = false;
            cache.endFetch(key, stored, nowMs);
        }
    }

    /** What a client may be told while its answer is made; none when it is given one. */
    public List<byte[]> hints() {
        return hit != null || key == null ? List.of() : cache.hints(key);
    }

    /** Of an answer that is not to be kept itself. */
    private void keepLinks(Head answer, long expiresMs) {
        List<byte[]> links = Links.of(answer);
        if (!links.isEmpty()) {
            cache.storeHints(new HintShelf.Entry(key, links, expiresMs));
        }
    }

    /** What is known of an object before its body. */
    record Terms(int varies, int coding, long nowMs, long expiresMs, long age) {}

    private static long age(Head answer) {
        int found = answer.find(HeaderName.AGE);
        if (found < 0) {
            return 0;
        }
        long age = 0;
        byte[] area = answer.area();
        for (int i = 0; i < answer.valueLength(found) && area[answer.valueAt(found) + i] >= '0'
                && area[answer.valueAt(found) + i] <= '9'; i++) {
            age = Math.min(Integer.MAX_VALUE, age * 10 + area[answer.valueAt(found) + i] - '0');
        }
        return age;
    }

    static List<Reply.Field> fields(Head answer) {
        List<Reply.Field> fields = new ArrayList<>();
        for (int i = answer.first(); i >= 0; i = answer.after(i)) {
            fields.add(new Reply.Field(
                    Arrays.copyOfRange(answer.area(), answer.nameAt(i), answer.nameAt(i) + answer.nameLength(i)),
                    Arrays.copyOfRange(answer.area(), answer.valueAt(i), answer.valueAt(i) + answer.valueLength(i))));
        }
        return fields;
    }

    /** The stage that keeps the body, once. */
    StoreStage takeStage(HttpCache of) {
        StoreStage stage = cache == of ? storing : null;
        if (stage != null) {
            storing = null;
        }
        return stage;
    }

    void complete(Reply whole, boolean inChunks, Terms terms, byte[] etag, long lastModified, List<byte[]> links,
            int size) {
        cache.store(new CachedObject(key, variant, terms.varies, terms.coding, whole, inChunks, terms.nowMs,
                terms.expiresMs, terms.age, etag, lastModified, links, size + BOOKKEEPING,
                new java.util.concurrent.atomic.AtomicInteger()), terms.nowMs);
        fetched(true, terms.nowMs);
    }

    private void letGo() {
        if (hit != null) {
            hit.users().decrementAndGet();
            hit = null;
        }
    }

    /** The exchange is over. */
    public void clear() {
        // it ended before anything was known of its answer: others are to go themselves
        fetched(true, 0);
        letGo();
        cache = null;
        key = null;
        reply = null;
        storing = null;
    }
}
