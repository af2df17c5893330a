package dev.weir.flow.cache;

import dev.weir.base.text.Place;

/**
 * A {@code cache} section as written. Immutable.
 *
 * @param blocks the room there is, in blocks of {@link #BLOCK} bytes
 * @param largest the most that one object may take, head and body
 * @param maxAgeSeconds how long an object is given at most
 * @param variants how many objects may differ in what {@code Vary} names only
 */
public record CacheSpec(String name, int blocks, long largest, int maxAgeSeconds, boolean varies, int variants,
        Place place) {

    public static final int BLOCK = 1024;
}
