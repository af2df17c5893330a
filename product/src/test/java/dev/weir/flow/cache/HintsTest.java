package dev.weir.flow.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.text.Place;
import dev.weir.flow.reply.Reply;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which links are remembered, and how hints and whole objects share the room of a cache. */
class HintsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "</a.css>; rel=preload; as=style | </a.css>; rel=preload; as=style",
        "</a>;REL=PreLoad | </a>;REL=PreLoad",
        "</a>; rel=\"next prefetch\" | </a>; rel=\"next prefetch\"",
        "</a>; rel = preconnect | </a>; rel = preconnect",
        "</a>; rel=dns-prefetch, </b>; rel=modulepreload | </a>; rel=dns-prefetch & </b>; rel=modulepreload",
        "</a,b;rel=preload>; rel=next | ''",
        "</a>; title=\"x, y; rel=preload\"; rel=next | ''",
        "</a>; rel=next; rel=preload | ''",
        "</a>; rel=preloaded | ''", "</a> | ''", "; | ''", ",,, | ''", "rel=preload | ''"})
    void usefulLinksAreRemembered(String header, String expected) {
        Head answer = new Head();
        answer.add(HeaderName.of("Link"), header.getBytes(StandardCharsets.UTF_8));
        answer.add(HeaderName.of("X-Link"), "</x>; rel=preload".getBytes(StandardCharsets.UTF_8));
        assertEquals(expected, told(Links.of(answer)));
    }

    private static String told(List<byte[]> links) {
        List<String> texts = new ArrayList<>();
        links.forEach(each -> texts.add(new String(each, StandardCharsets.UTF_8)));
        return String.join(" & ", texts);
    }

    /** Ten blocks, of which hints may have three. */
    private final HttpCache cache = new HttpCache(new CacheSpec("c", 10, 4096, 60, false, 10, 0, CacheSpec.Hints.ON, 30,
            new Place("f", 1)));

    private static CacheKey key(String path) {
        Head request = new Head();
        request.setMethod(new byte[] {'G'}, 0, 1);
        request.setTarget(path.getBytes(StandardCharsets.UTF_8), 0, path.length());
        return CacheKey.of(request);
    }

    private void store(String path, int size, long expiresMs) {
        cache.store(new CachedObject(key(path), null, 0, 0, new Reply(200, new byte[0], List.of(), new Reply.Whole(new byte[0])),
                false, 0, expiresMs, 0, null, 0, List.of("<x>; rel=preload".getBytes(StandardCharsets.UTF_8)), size,
                new AtomicInteger()), 1);
    }

    private boolean has(String path, long nowMs) {
        return cache.find(key(path), null, nowMs) != null;
    }

    @Test
    void whatHasToGoLeavesItsHints() {
        for (String path : List.of("/a", "/b", "/c", "/d", "/e")) {
            store(path, 2048, 1000);
        }
        store("/f", 2048, 1000);
        assertTrue(!has("/a", 2) && !has("/b", 2) && has("/c", 2) && has("/f", 2), "the oldest two went for one");
        assertEquals("<x>; rel=preload", told(cache.hints(key("/a"))));
        store("/g", 3000, 1000);
        store("/h", 3000, 1000);
        assertEquals("", told(cache.hints(key("/a"))), "hints keep to their share");
        StringBuilder out = new StringBuilder();
        cache.describe(out, 2);
        assertTrue(out.toString().split("type:hints", -1).length - 1 <= 3, out.toString());
    }

    @Test
    void whatTakesOneBlockLeavesNothing() {
        for (int i = 0; i < 11; i++) {
            store("/" + i, 900, 1000);
        }
        assertEquals("", told(cache.hints(key("/0"))));
        assertTrue(has("/10", 2) && has("/1", 2));
    }

    @Test
    void whatHasExpiredLeavesItsHints() {
        store("/a", 900, 1000);
        assertTrue(!has("/a", 2000));
        assertEquals("<x>; rel=preload", told(cache.hints(key("/a"))));
        store("/a", 900, 4000);
        StringBuilder out = new StringBuilder();
        cache.describe(out, 2);
        assertTrue(!out.toString().contains("type:hints"), "a new object replaces them");
        cache.forget(key("/a"));
        assertEquals("", told(cache.hints(key("/a"))));
    }
}
