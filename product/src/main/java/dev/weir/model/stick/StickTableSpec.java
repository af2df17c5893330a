package dev.weir.model.stick;

import dev.weir.base.text.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code stick-table} line, or a {@code table} line of a peers section, as parsed (configuration.txt 11.1). Immutable.
 *
 * @param name what rules call it: the proxy's name, or section and name with a slash between
 * @param keyLength the most bytes of a key that counts
 * @param expireMs 0 when entries stay until there is no more room
 * @param noPurge whether a full table refuses instead of forgetting the oldest
 * @param receiveOnly whether values that only count here are learned from peers
 * @param peers the peers section that it is shared through, or null
 * @param writeTo the table that peers' updates are written to as well, or null
 * @param bytesPerCount how many bytes count as one in rates of bytes
 */
public record StickTableSpec(String name, KeyType keyType, int keyLength, long size, int expireMs, boolean noPurge,
        boolean receiveOnly, List<Stored> stored, String peers, String writeTo, ServerKey serverKey,
        int bytesPerCount, Place place) {

    /** How a server is remembered beside its number. */
    public enum ServerKey { NAME, ADDRESS }

    /**
     * One stored type.
     *
     * @param elements 1 for what is no array
     * @param periodMs of rates
     */
    public record Stored(DataType type, int elements, int periodMs) {}

    public boolean stores(DataType type) {
        for (Stored each : stored) {
            if (each.type() == type) {
                return true;
            }
        }
        return false;
    }

    /** Whether keys are the same, so that entries of one table can move to the other. */
    public boolean hasKeysOf(StickTableSpec other) {
        return keyType == other.keyType && keyLength == other.keyLength;
    }

    /** Whether entries look the same in memory. */
    boolean hasLayoutOf(StickTableSpec other) {
        return hasKeysOf(other) && stored.equals(other.stored) && (peers == null) == (other.peers == null)
                && (expireMs == 0) == (other.expireMs == 0);
    }

    /** With another type if it does not store that yet: stick rules need both kinds of the server. */
    public StickTableSpec storing(DataType type) {
        if (stores(type)) {
            return this;
        }
        List<Stored> more = new ArrayList<>(stored);
        more.add(new Stored(type, 1, 0));
        return new StickTableSpec(name, keyType, keyLength, size, expireMs, noPurge, receiveOnly, List.copyOf(more),
                peers, writeTo, serverKey, bytesPerCount, place);
    }
}
